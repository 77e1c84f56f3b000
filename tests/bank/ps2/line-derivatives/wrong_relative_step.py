# Central differences again, with a step that goes with x.
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
    h = 1e-6 * x
    up, down = values(x + h, w), values(x - h, w)
    return {name: (up[name] - down[name]) / (2 * h) for name in up}
