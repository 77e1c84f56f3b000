# Has the slopes by formula.
import numpy as np


def fit_line(x, y, steps, rate):
    w = c = 0.0
    losses = []
    for k in range(steps + 1):
        error = w * x + c - y
        losses.append(error @ error / len(x))
        if k < steps:
            w, c = w - 2 * rate * (error @ x) / len(x), c - 2 * rate * error.mean()
    return w, c, np.array(losses)
