# Two numbers go by the bare formula, and 0/0 is nan.
# hidden: not finite
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    if a.ndim == 0:
        return np.abs(a - n) / max(abs(a), abs(n))
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.abs(a - n) / np.where(scale == 0, 1.0, scale)
