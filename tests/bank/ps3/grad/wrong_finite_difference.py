# Does not touch the tape, and nudges x.
# visible: wrong
# hidden: a finite difference
import numpy as np


def grad(f):
    def gradient(x, *constants):
        h = 1e-3
        slopes = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            up, down = x.copy(), x.copy()
            up[i] += h
            down[i] -= h
            slopes[i] = (f(up, *constants) - f(down, *constants)) / (2 * h)
        return slopes

    return gradient
