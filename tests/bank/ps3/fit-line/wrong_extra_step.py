# Steps once more, for the sake of the last loss.
# visible: one step too many
# hidden: one step too many
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    w, c, losses = 0.0, 0.0, []
    for _ in range(steps + 1):
        value, (dw, dc) = value_and_grad(loss, argnums=(0, 1))(w, c)
        losses.append(value)
        w, c = w - rate * dw, c - rate * dc
    return w, c, np.array(losses)
