# Multiplies each by itself.
# visible: each was multiplied by itself, not by the other factor
# hidden: each was multiplied by itself, not by the other factor
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * x, x.shape), unbroadcast(cotangent * y, y.shape)
