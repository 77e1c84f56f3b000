# Adds a small number to the sum, so that its logarithm exists.
# visible: wrong
# hidden: wrong
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1, keepdims=True)
    return m[..., 0] + np.log(np.exp(x - m).sum(axis=-1) + 1e-8)


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p
