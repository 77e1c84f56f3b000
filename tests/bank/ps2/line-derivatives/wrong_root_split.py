# Splits the root of w x in two, which negative numbers do not allow.
# hidden: not finite
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(w) * np.sqrt(x)
    db = da / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    y = x * e
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
