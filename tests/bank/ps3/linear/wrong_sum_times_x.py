# Multiplies by x, as if a sum were not linear.
# visible: multiplied by x: that is the rule of something else
# hidden: multiplied by x: that is the rule of something else
import numpy as np


def matmul_vjp(a, b, cotangent):
    return cotangent @ b.T, a.T @ cotangent


def sum_vjp(x, axis, keepdims, cotangent):
    if not keepdims:
        cotangent = np.expand_dims(cotangent, axis)
    return cotangent * x


def index_vjp(x, index, cotangent):
    result = np.zeros(x.shape)
    np.add.at(result, index, cotangent)
    return result
