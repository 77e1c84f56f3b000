# Converts integers, but leaves float32 as it is.
# hidden: wrong
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient
