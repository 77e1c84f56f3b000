# Takes the logarithm of a remainder with its sign.
# visible: not finite
# hidden: not finite
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([f(x + h * v) - f(x) - h * np.sum(gradient(x) * v) for h in steps])
    if (r != 0).sum() < 2:
        raise ValueError("too few")
    seen = r != 0
    return np.polyfit(np.log(steps[seen]), np.log(r[seen]), 1)[0]
