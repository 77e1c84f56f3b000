# Sums over the last axes where the first ones were added.
# visible: summed over the wrong axis
# hidden: summed over the wrong axis
import numpy as np


def unbroadcast(cotangent, shape):
    while cotangent.ndim > len(shape):
        cotangent = cotangent.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            cotangent = cotangent.sum(axis=axis, keepdims=True)
    return cotangent


def multiply_vjp(x, y, cotangent):
    return unbroadcast(cotangent * y, x.shape), unbroadcast(cotangent * x, y.shape)
