# The bare formula: 0/0 is nan.
# visible: 0/0 came out as nan
# hidden: not finite
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    return np.abs(a - n) / np.maximum(np.abs(a), np.abs(n))
