# Turns integers into floats, but leaves float32 as it is.
# hidden: wrong
import numpy as np


def gradient(f, x):
    x = np.array(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        v = np.zeros(x.shape)
        v[i] = 1
        y, dy = jvp(f, (x,), (v,))
        g[i] = dy
    return g
