# Hands integers on to jvp.
# visible: exception
# hidden: exception
import numpy as np


def gradient(f, x):
    x = np.asarray(x)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
