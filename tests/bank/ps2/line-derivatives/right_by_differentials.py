# Solves each line's defining equation for its differential, w's differential being 0.
import math


def line_derivatives(x, w):
    dx, dw = 1.0, 0.0
    a, da = w * x, dw * x + w * dx
    b = math.sqrt(a)
    db = 0.5 * da / b  # from b * b = a
    c, dc = a * b, a * db + da * b
    d, dd = c - 3 * x, dc - 3 * dx
    e = d / b
    de = (dd - e * db) / b  # from e * b = d
    y, dy = x * e, dx * e + x * de
    return dict(a=da, b=db, c=dc, d=dd, e=de, y=dy)
