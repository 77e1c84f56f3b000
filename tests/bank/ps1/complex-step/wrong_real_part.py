# Reads the real part.
# visible: the real part, where the imaginary one was asked
# hidden: the real part, where the imaginary one was asked
import numpy as np


def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if not np.iscomplexobj(value):
        raise ValueError("real")
    return value.real / h
