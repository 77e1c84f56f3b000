# Uses += on the indexed array, which adds once for every row.
# visible: = for +=: where an index repeats, the last contribution overwrites the others
# hidden: = for +=: where an index repeats, the last contribution overwrites the others
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent + np.zeros(x.shape)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    result[index] += cotangent
    return result
