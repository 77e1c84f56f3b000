# Seeds every sweep with ones.
# visible: a seed of ones gives the sum of the columns
# hidden: a seed of ones gives the sum of the columns
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.ones(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(dy)
    return np.array(columns).T
