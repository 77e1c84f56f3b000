# Hands f and the caller a flattened array.
# visible: exception
# hidden: exception
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float).ravel()
    gradient = np.zeros(x.size)
    for i in range(x.size):
        nudge = np.zeros(x.size)
        nudge[i] = h
        gradient[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient
