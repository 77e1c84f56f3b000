# Multiplies the caller's cotangent in place.
# visible: input changed in place
# hidden: input changed in place
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    for_y = unbroadcast(cotangent * x, y.shape)
    cotangent *= y
    return unbroadcast(cotangent, x.shape), for_y
