# Does not put the axis back, and lets broadcasting guess.
# visible: dealt out along the wrong axis
# hidden: exception
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
