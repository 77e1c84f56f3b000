# One-sided differences, with n + 1 calls.
# visible: wrong
# hidden: one call more than there are sweeps
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g, f0 = np.zeros(x.shape), f(x)
    for index in np.ndindex(x.shape):
        up = x.copy()
        up[index] += 1e-8
        g[index] = (f(up) - f0) / 1e-8
    return g
