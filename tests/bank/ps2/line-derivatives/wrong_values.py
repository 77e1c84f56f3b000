# Returns the values of the lines.
# visible: the values of the lines, not their derivatives
# hidden: the values of the lines, not their derivatives
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = e + x * de
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "y": x * e}
