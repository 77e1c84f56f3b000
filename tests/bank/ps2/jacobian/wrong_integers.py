# Puts the columns into an array of the dtype of x.
# visible: the Jacobian was cut off to integers
# hidden: the Jacobian was cut off to integers
import numpy as np


def jacobian(f, x):
    dtype = np.asarray(x).dtype
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.zeros(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(dy)
    return np.array(columns).T.astype(dtype)
