# Counts with np.bincount, which knows neither negative rows nor matrices.
# visible: exception
# hidden: exception
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    return np.bincount(index, cotangent, minlength=len(x))
