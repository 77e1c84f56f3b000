# numpy's own words for both parts.
import numpy as np


def complex_step(f, x, h=1e-20):
    value = np.asarray(f(np.complex128(x + h * 1j)))
    if value.dtype.kind != "c":
        raise ValueError("f is not analytic here, or not written for complex numbers")
    return np.imag(value) / h
