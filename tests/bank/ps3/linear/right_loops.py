# Loops over entries and rows.
import numpy as np


def matmul_vjp(a, b, cotangent):
    for_a, for_b = np.zeros(a.shape), np.zeros(b.shape)
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for_a[i] += cotangent[i, j] * b[:, j]
            for_b[:, j] += cotangent[i, j] * a[i]
    return for_a, for_b


def sum_vjp(x, axis, keepdims, cotangent):
    if keepdims:
        cotangent = np.squeeze(cotangent, axis)
    return np.stack([cotangent] * x.shape[axis], axis=axis)


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    for place in np.ndindex(index.shape):
        result[index[place]] += cotangent[place]
    return result
