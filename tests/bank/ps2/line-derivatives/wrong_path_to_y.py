# Forgets that x enters the line of y by itself.
# visible: the line of y holds x itself, not only e
# hidden: the line of y holds x itself, not only e
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
    dy = x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
