# Computes the loss after every step, and stores the first one before.
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    w, c = 0.0, 0.0
    losses = [loss(w, c)]
    for _ in range(steps):
        _, (dw, dc) = value_and_grad(loss, argnums=(0, 1))(w, c)
        w = w - rate * dw
        c = c - rate * dc
        losses.append(loss(w, c))
    return w, c, np.array(losses)
