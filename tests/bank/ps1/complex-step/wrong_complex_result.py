# Divides by ih and returns the whole complex number.
# visible: wrong type
# hidden: wrong type
import numpy as np


def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if not np.iscomplexobj(value):
        raise ValueError("real")
    return (value - f(x)) / (1j * h)
