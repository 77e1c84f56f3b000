# Takes a'b' for the derivative of the product.
# visible: a product's derivative is not the product of the derivatives
# hidden: a product's derivative is not the product of the derivatives
import numpy as np


def line_derivatives(x, w):
    a = w * x
    da = w
    b = np.sqrt(a)
    db = da / (2 * b)
    c = a * b
    dc = da * db
    d = c - 3 * x
    dd = dc - 3
    e = d / b
    de = (dd * b - d * db) / b**2
    dy = e + x * de
    return {"a": da, "b": db, "c": dc, "d": dd, "e": de, "y": dy}
