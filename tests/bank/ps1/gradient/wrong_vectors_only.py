# Loops over the first axis and nudges whole rows.
# visible: wrong
# hidden: wrong
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for i in range(len(x)):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient
