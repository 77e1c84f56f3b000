# Nudges the factors instead of using the rule.
# hidden: wrong
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    h = 1e-2

    def slope(up, down):
        return np.sum(cotangent * (up - down)) / (2 * h)

    for_x, for_y = np.zeros(x.shape), np.zeros(y.shape)
    for i in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[i] = h
        for_x[i] = slope((x + nudge) * y, (x - nudge) * y)
    for i in np.ndindex(y.shape):
        nudge = np.zeros(y.shape)
        nudge[i] = h
        for_y[i] = slope(x * (y + nudge), x * (y - nudge))
    return for_x, for_y
