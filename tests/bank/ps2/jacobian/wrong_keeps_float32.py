# Turns integers into floats, but leaves float32 as it is.
# hidden: computed in float32
import numpy as np


def jacobian(f, x):
    x = np.array(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    cols = []
    for v in np.eye(len(x)):
        _, dy = jvp(f, (x,), (v,))
        cols.append(dy)
    return np.array(cols).T
