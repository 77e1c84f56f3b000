# Writes into an array of the shape of a, into which n fits by broadcasting.
# hidden: no exception
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.divide(np.abs(a - n), np.where(scale == 0, 1.0, scale), out=np.zeros_like(a))
