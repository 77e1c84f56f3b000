# Forgets the cotangent.
# visible: the cotangent is missing
# hidden: cotangent ignored
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    ones = np.ones(np.broadcast_shapes(x.shape, y.shape))
    return unbroadcast(ones * y, x.shape), unbroadcast(ones * x, y.shape)
