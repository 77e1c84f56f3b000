# Takes a remainder below 0.001 for 0.
# visible: exception
# hidden: wrong
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.sum(gradient(x) * v)) for h in steps])
    if (r > 1e-3).sum() < 2:
        raise ValueError("too few")
    return np.polyfit(np.log(steps[r > 1e-3]), np.log(r[r > 1e-3]), 1)[0]
