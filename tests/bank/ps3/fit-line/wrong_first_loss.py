# Leaves the loss before the first step out.
# visible: the loss before the first step is missing
# hidden: wrong shape
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    w, c = 0.0, 0.0
    losses = []
    for _ in range(steps):
        _, (dw, dc) = value_and_grad(loss, argnums=(0, 1))(w, c)
        w = w - rate * dw
        c = c - rate * dc
        losses.append(loss(w, c))
    return w, c, np.array(losses)
