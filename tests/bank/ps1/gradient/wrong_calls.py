# Evaluates f at x as well, for every entry.
# visible: too many evaluations
# hidden: too many evaluations
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        here, up, down = np.array(x, dtype=float), np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        forward, backward = (f(up) - f(here)) / h, (f(here) - f(down)) / h
        gradient[index] = (forward + backward) / 2
    return gradient
