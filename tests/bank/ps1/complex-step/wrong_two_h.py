# Divides by 2h, as the central difference does.
# visible: factor 2
# hidden: divided by 2h: there is one step here, not two
import numpy as np


def complex_step(f, x, h=1e-20):
    value = f(x + 1j * h)
    if not np.iscomplexobj(value):
        raise ValueError("real")
    return value.imag / (2 * h)
