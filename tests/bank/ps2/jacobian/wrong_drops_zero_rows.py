# Leaves out the outputs that do not move.
# visible: wrong shape
# hidden: the row of an output that does not depend on x is missing
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.zeros(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(dy)
    J = np.array(columns).T
    return J[np.any(J != 0, axis=1)]
