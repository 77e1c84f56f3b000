# The bare formula first, its 0/0 mended afterwards.
import numpy as np


def relative_error(a, n):
    if np.shape(a) != np.shape(n):
        raise ValueError(f"{np.shape(a)} is not {np.shape(n)}")
    error = np.abs(np.subtract(a, n)) / np.maximum(np.abs(a), np.abs(n))
    return np.where((np.asarray(a) == 0) & (np.asarray(n) == 0), 0.0, error)
