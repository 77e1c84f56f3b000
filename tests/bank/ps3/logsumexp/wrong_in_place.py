# Shifts the caller's array.
# visible: input changed in place
# hidden: input changed in place
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1, keepdims=True)
    x -= m
    return m[..., 0] + np.log(np.exp(x).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p
