# Adds to x itself.
# visible: input changed in place
# hidden: input changed in place
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    x *= 0.0
    np.add.at(x, index, cotangent)
    return x
