# Works in float32.
# hidden: wrong
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=np.float32)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
