# Builds the shape by hand, and loses count with a negative axis.
# visible: exception
# hidden: exception
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    shape = x.shape[:axis] + (1,) + x.shape[axis + 1 :]
    return np.reshape(cotangent, shape) + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
