# Walks over the first axis only.
# visible: each row's seed is all ones
# hidden: wrong
import numpy as np


def gradient(f, x):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for index in range(len(x)):
        v = np.zeros(x.shape)
        v[index] = 1.0
        y, dy = jvp(f, (x,), (v,))
        g[index] = dy
    return g
