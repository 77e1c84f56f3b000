# Writes the sum as a repeat and the indexing as a product with a matrix of zeros and ones.
import numpy as np


def matmul_vjp(a, b, cotangent):
    return np.einsum("nk,mk->nm", cotangent, b), np.einsum("nm,nk->mk", a, cotangent)


def sum_vjp(x, axis, keepdims, cotangent):
    shape = list(x.shape)
    shape[axis] = 1
    return np.repeat(cotangent.reshape(shape), x.shape[axis], axis=axis)


def index_vjp(x, index, cotangent):
    n = len(x)
    chosen = np.eye(n)[index.ravel() % n]
    rows = cotangent.reshape(index.size, -1)
    return (chosen.T @ rows).reshape(x.shape)
