# Returns the largest error of all.
# visible: one number for the whole array, where one for each entry was asked
# hidden: wrong shape
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.max(np.abs(a - n) / np.where(scale == 0, 1.0, scale))
