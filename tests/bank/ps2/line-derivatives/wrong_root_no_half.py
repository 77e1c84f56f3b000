# Loses the 2 in the slope of the root.
# visible: the slope of the root is 1 / (2 b), not 1 / b
# hidden: the slope of the root is 1 / (2 b), not 1 / b
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / b
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    y = x * e
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
