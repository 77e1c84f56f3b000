# Hands the cotangent on as an addition would.
# visible: only the cotangent: the other factor is missing
# hidden: only the cotangent: the other factor is missing
import numpy as np


def unbroadcast(cotangent, shape):
    added = np.ndim(cotangent) - len(shape)
    axes = tuple(range(added)) + tuple(added + k for k, size in enumerate(shape) if size == 1)
    return np.sum(cotangent, axis=axes).reshape(shape)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent, x.shape), unbroadcast(cotangent, y.shape)
