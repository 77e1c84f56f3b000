# Differentiates by w and holds x fixed.
# visible: the derivatives by w, where those by x were asked
# hidden: the derivatives by w, where those by x were asked
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = x
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
