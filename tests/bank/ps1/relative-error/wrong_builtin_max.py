# Python's max, which cannot compare arrays.
# visible: exception
# hidden: exception
import numpy as np


def relative_error(a, n):
    if np.shape(a) != np.shape(n):
        raise ValueError("shapes differ")
    scale = max(abs(a), abs(n))
    return 0.0 if scale == 0 else abs(a - n) / scale
