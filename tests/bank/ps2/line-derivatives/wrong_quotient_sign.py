# The quotient rule with its two terms the other way round.
# visible: the two terms of the quotient rule changed places
# hidden: the two terms of the quotient rule changed places
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
    de = (d * db - dd * b) / b**2
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
