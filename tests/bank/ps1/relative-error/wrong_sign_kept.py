# Forgets the magnitude of the difference.
# visible: the sign of the difference was kept
# hidden: wrong
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.maximum(np.abs(a), np.abs(n))
    return (a - n) / np.where(scale == 0, 1.0, scale)
