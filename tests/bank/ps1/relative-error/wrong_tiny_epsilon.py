# Adds 1e-12 to the denominator, which hides errors of smaller gradients still.
# visible: wrong
# hidden: wrong
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.abs(a - n) / (scale + 1e-12)
