# Divides by the sum of the magnitudes.
# visible: divided by the sum of the two, not by the larger
# hidden: divided by the sum of the two, not by the larger
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.abs(a) + np.abs(n)
    return np.abs(a - n) / np.where(scale == 0, 1.0, scale)
