# Flattens x and v, which two numbers cannot be.
# hidden: exception
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.dot(gradient(x).ravel(), v.ravel())) for h in steps])
    if (r > 0).sum() < 2:
        raise ValueError("too few")
    return np.polyfit(np.log(steps[r > 0]), np.log(r[r > 0]), 1)[0]
