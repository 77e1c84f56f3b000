# Makes the seed once and never puts it back.
# visible: the seed was not reset between the sweeps
# hidden: the seed was not reset between the sweeps
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g, v = np.zeros(x.shape), np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v[index] = 1.0
        g[index] = jvp(f, (x,), (v,))[1]
    return g
