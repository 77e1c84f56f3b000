# Takes the first copy.
# visible: one copy was taken, and the others were dropped
# hidden: one copy was taken, and the others were dropped
import numpy as np


def unbroadcast(cotangent, shape):
    while cotangent.ndim > len(shape):
        cotangent = cotangent[0]
    for axis, size in enumerate(shape):
        if size == 1:
            cotangent = np.take(cotangent, [0], axis=axis)
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
