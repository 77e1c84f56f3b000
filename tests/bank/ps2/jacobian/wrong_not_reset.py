# Never puts the seed back to 0.
# visible: the seed was not reset between the sweeps
# hidden: the seed was not reset between the sweeps
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    v = np.zeros(len(x))
    for j in range(len(x)):
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(dy)
    return np.array(columns).T
