# Takes the Jacobian to be square.
# visible: exception
# hidden: exception
import numpy as np


def jacobian(f, x):
    x = np.array(x, dtype=float)
    J = np.zeros((len(x), len(x)))
    for j in range(len(x)):
        J[:, j] = jvp(f, (x,), (np.eye(len(x))[j],))[1]
    return J
