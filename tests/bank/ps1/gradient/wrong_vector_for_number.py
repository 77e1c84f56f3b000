# Gives f a vector where x is a number.
# visible: exception
# hidden: exception
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    shape, x = np.shape(x), np.atleast_1d(x)
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient.reshape(shape)
