# Sums over the right axes and drops all of them.
# visible: an axis of size 1 was dropped
# hidden: an axis of size 1 was dropped
import numpy as np


def unbroadcast(cotangent, shape):
    added = cotangent.ndim - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
