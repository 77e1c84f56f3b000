# One shift for all rows.
# visible: shifted by the largest entry of all rows, not of each
# hidden: shifted by the largest entry of all rows, not of each
import numpy as np


def logsumexp(x):
    m = np.max(x)
    return m + np.log(np.sum(np.exp(x - m), axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p
