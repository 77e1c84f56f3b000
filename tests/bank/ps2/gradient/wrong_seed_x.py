# Seeds with the entry of x.
# visible: a seed holds a 1, not the entry of x
# hidden: a seed holds a 1, not the entry of x
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[index] = x[index]
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
