# Clips the exponents at 700.
# visible: wrong
# hidden: wrong
import numpy as np


def logsumexp(x):
    return np.log(np.sum(np.exp(np.clip(x, -700, 700)), axis=-1))


def logsumexp_vjp(x, cotangent):
    p = np.exp(np.clip(x, -700, 700))
    return cotangent[..., None] * p / p.sum(axis=-1, keepdims=True)
