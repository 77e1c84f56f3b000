# Works along the first axis.
# visible: wrong
# hidden: the shares were taken along the wrong axis
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=0))
    return cotangent[..., None] * p / p.sum(axis=0)
