# Returns the cotangent of y first.
# visible: the two came in the wrong order
# hidden: the two came in the wrong order
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * x, y.shape), unbroadcast(cotangent * y, x.shape)
