# Sums the outputs, and has the gradient of their sum.
# visible: the outputs were summed, and m of them became one
# hidden: the outputs were summed, and m of them became one
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.zeros(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(np.sum(dy))
    return np.array(columns).T
