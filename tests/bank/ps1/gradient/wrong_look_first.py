# Calls f once at x itself, to see what it returns.
# visible: too many evaluations
# hidden: too many evaluations
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    if np.ndim(f(np.array(x, dtype=float))) > 0:
        raise ValueError("f returns an array")
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient
