# Drops axes of length 1.
# visible: wrong shape
# hidden: wrong shape
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.zeros(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(dy)
    return np.squeeze(np.array(columns).T)
