# Takes for granted that only y is broadcast.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return cotangent * y, unbroadcast(cotangent * x, y.shape)
