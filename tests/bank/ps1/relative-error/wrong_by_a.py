# Divides by the analytic gradient alone.
# visible: not finite
# hidden: divided by |a|, not by the larger
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("shapes differ")
    with np.errstate(all="ignore"):
        return np.where(a == n, 0.0, np.abs(a - n) / np.abs(a))
