# Forgets the cotangent.
# visible: the cotangent is missing
# hidden: cotangent ignored
import numpy as np


def matmul_vjp(a, b, cotangent):
    ones = np.ones((a.shape[0], b.shape[1]))
    return ones @ b.T, a.T @ ones


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
