# One entry at a time.
import math

import numpy as np


def relative_error(a, n):
    def one(p, q):
        if math.isnan(p) or math.isnan(q):
            return math.nan
        return 0.0 if p == q else abs(p - q) / max(abs(p), abs(q))

    a, n = np.array(a, dtype=float), np.array(n, dtype=float)
    if a.shape != n.shape:
        raise ValueError("a and n must have the same shape")
    return np.array([one(p, q) for p, q in zip(a.flat, n.flat, strict=True)]).reshape(a.shape)
