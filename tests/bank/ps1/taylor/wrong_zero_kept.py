# Keeps remainders of 0, whose logarithm is not a number.
# visible: no exception
# hidden: not finite
import numpy as np


def taylor_slope(f, gradient, x, v, steps):
    r = np.array([abs(f(x + h * v) - f(x) - h * np.sum(gradient(x) * v)) for h in steps])
    log_h, log_r = np.log(steps), np.log(r)
    log_h = log_h - log_h.mean()
    return np.sum(log_h * (log_r - log_r.mean())) / np.sum(log_h**2)
