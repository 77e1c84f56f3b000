# Makes the two copies before the loop and never takes a nudge back.
# visible: the copies were made once and kept every nudge
# hidden: wrong
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    up, down = np.array(x, dtype=float), np.array(x, dtype=float)
    for index in np.ndindex(gradient.shape):
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient
