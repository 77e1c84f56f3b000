# Returns the shares, without the cotangent.
# visible: the cotangent is missing
# hidden: cotangent ignored
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return p
