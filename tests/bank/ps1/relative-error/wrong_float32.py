# Works in float32, in which the smallest and the largest numbers do not exist.
# hidden: not finite
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=np.float32), np.asarray(n, dtype=np.float32)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.abs(a - n) / np.where(scale == 0, 1.0, scale)
