# Both cotangents come out as their transposes.
# visible: both are transposed
# hidden: both are transposed
import numpy as np


def matmul_vjp(a, b, cotangent):
    return b @ cotangent.T, cotangent.T @ a


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
