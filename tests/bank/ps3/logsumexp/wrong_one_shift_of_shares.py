# One shift for the shares of all rows.
# visible: shifted by the largest entry of all rows, not of each
# hidden: shifted by the largest entry of all rows, not of each
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - np.max(x))
    return cotangent[..., None] * p / p.sum(axis=-1, keepdims=True)
