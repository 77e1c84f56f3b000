# The textbook's formula for a slope, in decimal logarithms.
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    base, g = f(x), gradient(x)
    points = []
    for h in steps:
        r = abs(f(x + h * v) - base - h * np.vdot(g, v))
        if r != 0:
            points.append((np.log10(h), np.log10(r)))
    if len(points) < 2:
        raise ValueError("nothing to fit")
    p, q = np.array(points).T
    return np.cov(p, q)[0, 1] / np.var(p, ddof=1)
