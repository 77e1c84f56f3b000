# Leaves the derivative of a out of the root's.
# visible: the root's slope was not multiplied by the derivative of a
# hidden: the root's slope was not multiplied by the derivative of a
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = 1 / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
