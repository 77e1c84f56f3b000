# The transposes stand on the wrong side of the cotangent.
# visible: exception
# hidden: exception
import numpy as np


def matmul_vjp(a, b, cotangent):
    return b.T @ cotangent, cotangent @ a.T


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
