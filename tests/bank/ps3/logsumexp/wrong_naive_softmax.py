# Shares of exponentials that were never shifted.
# visible: it overflows
# hidden: it overflows
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x)
    return cotangent[..., None] * p / p.sum(axis=-1, keepdims=True)
