# Believes the 0 that abs leaves behind.
# visible: no exception
# hidden: no exception
import numpy as np


def complex_step(f, x, h=1e-20):
    return np.imag(f(x + 1j * h)) / h
