# One working copy; every entry is put back to the value that was stored.
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    gradient = np.empty_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = x[i].copy()
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        x[i] = old
        gradient[i] = (up - down) / (2 * h)
        it.iternext()
    return gradient
