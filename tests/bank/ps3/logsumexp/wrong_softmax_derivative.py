# Takes p(1 - p), the derivative of a share by its own entry.
# visible: the shares were differentiated once more
# hidden: the shares were differentiated once more
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return cotangent[..., None] * p * (1 - p)
