# Works along axis 1, which is the last of two axes only.
# visible: exception
# hidden: exception
import numpy as np


def logsumexp(x):
    m = np.max(x, axis=1, keepdims=True)
    return m[:, 0] + np.log(np.sum(np.exp(x - m), axis=1))


def logsumexp_vjp(x, cotangent):
    weights = np.exp(x - np.max(x, axis=1, keepdims=True))
    return cotangent[:, None] * weights / np.sum(weights, axis=1, keepdims=True)
