# Seeds every sweep with ones.
# visible: a seed of ones gives the sum of the gradient
# hidden: a seed of ones gives the sum of the gradient
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v = np.ones(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
