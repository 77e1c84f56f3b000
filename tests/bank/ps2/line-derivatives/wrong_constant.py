# Differentiates 3 * x to 3 * x.
# visible: per unit of x, 3 x grows by 3, whatever x is
# hidden: per unit of x, 3 x grows by 3, whatever x is
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc - 3 * x
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
