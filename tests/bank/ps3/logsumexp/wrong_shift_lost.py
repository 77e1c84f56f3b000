# Does not add again what it subtracted.
# visible: what was subtracted was not added again
# hidden: what was subtracted was not added again
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p
