# Returns the parameters from before the last step.
# visible: the parameters are those before the last step
# hidden: the parameters are those before the last step
import numpy as np


def fit_line(x, y, steps, rate):
    def loss(w, c):
        return np.mean((w * x + c - y) ** 2)

    w, c, losses = 0.0, 0.0, [loss(0.0, 0.0)]
    old = (w, c)
    for _ in range(steps):
        old = (w, c)
        _, (dw, dc) = value_and_grad(loss, argnums=(0, 1))(w, c)
        w, c = w - rate * dw, c - rate * dc
        losses.append(loss(w, c))
    return old[0], old[1], np.array(losses)
