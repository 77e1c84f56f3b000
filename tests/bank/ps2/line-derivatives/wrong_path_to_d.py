# Forgets that x enters the line of d by itself.
# visible: the line of d holds x itself, not only c
# hidden: the line of d holds x itself, not only c
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = da * b + a * db
    d = c - 3 * x
    dd = dc
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
