# Calls f once before the sweeps.
# visible: one call more than there are sweeps
# hidden: one call more than there are sweeps
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    y0 = f(x)
    for index in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
