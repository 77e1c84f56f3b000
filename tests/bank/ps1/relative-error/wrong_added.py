# Adds a small number to the denominator, so that it is never 0.
# visible: a small number was added to the denominator and hides small errors
# hidden: a small number was added to the denominator and hides small errors
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    return np.abs(a - n) / (np.maximum(np.abs(a), np.abs(n)) + 1e-8)
