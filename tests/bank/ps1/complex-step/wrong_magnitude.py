# Takes the magnitude of the complex value.
# visible: wrong
# hidden: the magnitude, where the imaginary part was asked
import numpy as np


def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if not np.iscomplexobj(value):
        raise ValueError("real")
    return abs(value) / h
