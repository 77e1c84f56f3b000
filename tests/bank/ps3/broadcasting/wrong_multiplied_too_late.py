# Sums first, and multiplies by the other factor afterwards.
# visible: wrong shape
# hidden: wrong shape
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent, x.shape) * y, unbroadcast(cotangent, y.shape) * x
