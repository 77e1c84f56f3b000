# The value is taken along the first axis.
# visible: wrong shape
# hidden: along the wrong axis
import numpy as np


def logsumexp(x):
    m = x.max(axis=0)
    return m + np.log(np.exp(x - m).sum(axis=0))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p
