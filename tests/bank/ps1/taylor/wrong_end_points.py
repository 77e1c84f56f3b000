# Draws the line from the first step to the last.
# visible: only the first and the last step were used
# hidden: only the first and the last step were used
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.sum(gradient(x) * v)) for h in steps])
    steps, r = steps[r > 0], r[r > 0]
    if len(r) < 2:
        raise ValueError("too few")
    return np.log(r[-1] / r[0]) / np.log(steps[-1] / steps[0])
