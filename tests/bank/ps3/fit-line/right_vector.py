# Holds both parameters in one array.
import numpy as np


def fit_line(x, y, steps, rate):
    X = np.stack([x, np.ones(len(x))], axis=1)
    step = value_and_grad(lambda p: np.sum((X @ p - y) ** 2) / len(y))
    p, losses = np.zeros(2), np.empty(steps + 1)
    for k in range(steps + 1):
        losses[k], gradient = step(p)
        if k < steps:
            p -= rate * gradient
    return p[0], p[1], losses
