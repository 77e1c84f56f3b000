# Loops over the index, and forgets that an index of two axes has rows.
# visible: where a row of the index holds a number twice, one contribution is lost
# hidden: wrong
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return np.broadcast_to(cotangent, x.shape)


def index_vjp(x, index, cotangent):
    rows = np.zeros(x.shape)
    for i, g in zip(index, cotangent, strict=True):
        rows[i] += g
    return rows
