# Puts the axis back, even where it was never gone.
# visible: wrong shape
# hidden: wrong shape
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    return np.expand_dims(cotangent, axis) + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
