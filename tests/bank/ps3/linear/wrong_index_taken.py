# Indexes the cotangent instead of putting it back.
# visible: the cotangent was indexed: it must be put back, not taken
# hidden: wrong shape
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    return cotangent[index]
