# Adds to a copy of x, where it should start from zeros.
# visible: the entries that were not taken kept x, or were added to it
# hidden: the entries that were not taken kept x, or were added to it
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = x.copy()
    np.add.at(result, index, cotangent)
    return result
