# Holds a still in the product of a and b.
# visible: a and b both move: the product in c has two terms, and that of a is missing
# hidden: a and b both move: the product in c has two terms, and that of a is missing
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = a * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    y = x * e
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
