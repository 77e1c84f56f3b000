# Keeps the axes that broadcasting had added.
# visible: the axis that was summed over is still there
# hidden: wrong shape
import numpy as np


def unbroadcast(cotangent, shape):
    padded = (1,) * (cotangent.ndim - len(shape)) + tuple(shape)
    axes = tuple(k for k, size in enumerate(padded) if size == 1)
    return np.sum(cotangent, axis=axes, keepdims=True)


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
