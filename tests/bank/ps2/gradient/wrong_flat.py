# Returns a vector, whatever the shape of x.
# visible: wrong shape
# hidden: the gradient is flat, where the shape of x was asked
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g.ravel()
