# Adds a small number so that the logarithm works.
# visible: no exception
# hidden: wrong
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.sum(gradient(x) * v)) for h in steps])
    return np.polyfit(np.log(steps), np.log(r + 1e-12), 1)[0]
