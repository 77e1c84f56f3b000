# Returns the cotangent of b first.
# visible: the two came in the wrong order
# hidden: the two came in the wrong order
import numpy as np


def matmul_vjp(a, b, cotangent):
    return a.T @ cotangent, cotangent @ b.T


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
