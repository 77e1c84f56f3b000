# Linear least squares.
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.abs([f(x + h * v) - f(x) - h * (gradient(x) * v).sum() for h in steps])
    h, r = np.asarray(steps)[r != 0], r[r != 0]
    if h.size < 2:
        raise ValueError("nothing to fit")
    design = np.stack([np.log(h), np.ones(h.size)], axis=1)
    return float(np.linalg.lstsq(design, np.log(r), rcond=None)[0][0])
