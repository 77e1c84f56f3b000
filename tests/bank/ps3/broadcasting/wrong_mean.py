# Takes the mean over the copies.
# visible: a mean over the copies, not a sum
# hidden: a mean over the copies, not a sum
import numpy as np


def unbroadcast(cotangent, shape):
    added = cotangent.ndim - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.mean(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
