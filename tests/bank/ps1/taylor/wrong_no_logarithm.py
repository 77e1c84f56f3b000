# Fits a line to the remainders themselves.
# visible: wrong
# hidden: wrong
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.sum(gradient(x) * v)) for h in steps])
    if (r > 0).sum() < 2:
        raise ValueError("too few")
    return np.polyfit(steps[r > 0], r[r > 0], 1)[0]
