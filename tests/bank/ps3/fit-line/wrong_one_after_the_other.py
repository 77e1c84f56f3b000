# Moves w, and computes the slope by c at the new w.
# visible: c moved by a slope at the new w: both slopes belong to one point
# hidden: c moved by a slope at the new w: both slopes belong to one point
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    w, c, losses = 0.0, 0.0, [loss(0.0, 0.0)]
    for _ in range(steps):
        w = w - rate * value_and_grad(loss, argnums=0)(w, c)[1]
        c = c - rate * value_and_grad(loss, argnums=1)(w, c)[1]
        losses.append(loss(w, c))
    return w, c, np.array(losses)
