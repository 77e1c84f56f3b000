# Takes the slopes by central differences.
# hidden: wrong
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    h = 1e-5
    w, c, losses = 0.0, 0.0, [loss(0.0, 0.0)]
    for _ in range(steps):
        dw = (loss(w + h, c) - loss(w - h, c)) / (2 * h)
        dc = (loss(w, c + h) - loss(w, c - h)) / (2 * h)
        w, c = w - rate * dw, c - rate * dc
        losses.append(loss(w, c))
    return w, c, np.array(losses)
