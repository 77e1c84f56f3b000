# Nudges each entry.
# visible: wrong
# hidden: a finite difference
import numpy as np


def logsumexp(x):
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1))


def logsumexp_vjp(x, cotangent):
    h = 1e-2
    result = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[i] = h
        result[i] = np.sum(cotangent * (logsumexp(x + nudge) - logsumexp(x - nudge))) / (2 * h)
    return result
