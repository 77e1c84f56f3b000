# Divides by h, though the points are 2h apart.
# visible: twice too large: divided by h, not by the distance
# hidden: twice too large: divided by h, not by the distance
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / h
    return gradient
