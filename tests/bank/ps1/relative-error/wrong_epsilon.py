# Puts a floor under the denominator, which hides errors in small gradients.
# visible: a small number in the denominator hides small errors
# hidden: a small number in the denominator hides small errors
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    return np.abs(a - n) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(n)))
