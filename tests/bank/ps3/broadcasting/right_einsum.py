# Writes the sums as an einsum.
import numpy as np


def unbroadcast(cotangent, shape):
    padded = (1,) * (cotangent.ndim - len(shape)) + tuple(shape)
    axes = list(range(cotangent.ndim))
    kept = [k for k in axes if padded[k] == cotangent.shape[k]]
    return np.einsum(cotangent, axes, kept).reshape(shape)


def multiply_vjp(x, y, cotangent):
    for_x = unbroadcast(y * cotangent, np.shape(x))
    for_y = unbroadcast(x * cotangent, np.shape(y))
    return [for_x, for_y]
