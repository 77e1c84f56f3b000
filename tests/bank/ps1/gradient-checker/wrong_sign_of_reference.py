# Asks whether the reference is small without its magnitude: what is negative is never tested.
# hidden: nothing tested, although something was
import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), reference_gradient(f, x).value
    if a.shape != n.shape:
        return "wrong shape", None
    small = (np.abs(a) < 1e-8) & (n < 1e-8)
    scale = np.maximum(np.abs(a), np.abs(n))
    if np.all(small):
        return "nothing tested", None
    error = np.where(small, 0.0, np.abs(a - n) / np.where(scale < 1e-8, 1.0, scale))
    worst = np.unravel_index(np.argmax(error), error.shape)
    return ("right", None) if error[worst] <= tol else ("wrong", tuple(int(i) for i in worst))
