# A sweep for every entry of the Jacobian.
# visible: a sweep for each entry of J, and one call more: a sweep brings a whole column
# hidden: a sweep for each entry of J, and one call more: a sweep brings a whole column
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    n = len(x)
    m = len(jvp(f, (x,), (np.zeros(n),))[0])
    J = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            J[i, j] = jvp(f, (x,), (np.eye(n)[j],))[1][i]
    return J
