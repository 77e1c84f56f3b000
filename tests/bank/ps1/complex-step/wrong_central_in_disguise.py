# A central difference with the raise put in front.
# visible: a central difference in disguise
# hidden: a central difference in disguise
import numpy as np


def complex_step(f, x, h=1e-5):
    if not np.iscomplexobj(f(x + 1j * h)):
        raise ValueError("real")
    return (f(x + h) - f(x - h)) / (2 * h)
