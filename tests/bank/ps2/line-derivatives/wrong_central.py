# Nudges x and runs the program twice.
# visible: wrong
# hidden: a finite difference, where the chain rule was asked
import numpy as np


def values(x, w):
    a = w * x
    b = np.sqrt(a)
    c = a * b
    d = c - 3 * x
    e = d / b
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "y": x * e}


def line_derivatives(x, w):
    up, down = values(x + 1e-5, w), values(x - 1e-5, w)
    return {name: (up[name] - down[name]) / 2e-5 for name in up}
