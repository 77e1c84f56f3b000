# Makes the array after the first sweep has told how many rows there are.
import numpy as np


def jacobian(f, x):
    n, J = np.size(x), None
    for j in range(n):
        _, column = jvp(f, (np.asarray(x, float),), (np.identity(n)[j],))
        if J is None:
            J = np.empty((np.size(column), n))
        J[:, j] = column
    return J
