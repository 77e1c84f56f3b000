# Keeps the values of f in place of the tangents.
# visible: the values of f, where its tangents were asked
# hidden: the values of f, where its tangents were asked
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        v = np.zeros(len(x))
        v[j] = 1.0
        y, dy = jvp(f, (x,), (v,))
        columns.append(y)
    return np.array(columns).T
