# Lets np.logaddexp do it, and takes the shares from the value.
import numpy as np


def logsumexp(x):
    return np.logaddexp.reduce(x, axis=-1)


def logsumexp_vjp(x, cotangent):
    return np.expand_dims(cotangent, -1) * np.exp(x - np.expand_dims(logsumexp(x), -1))
