# The imaginary part, not divided by the step.
# visible: not divided by h
# hidden: not divided by h
import numpy as np


def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if not np.iscomplexobj(value):
        raise ValueError("real")
    return value.imag
