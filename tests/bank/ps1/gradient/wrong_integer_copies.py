# Nudges a copy of x in its own dtype: integers do not move.
# visible: the nudge was cut off to an integer
# hidden: wrong
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(np.shape(x)):
        up, down = np.copy(x), np.copy(x)
        up[index] = up[index] + h
        down[index] = down[index] - h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient
