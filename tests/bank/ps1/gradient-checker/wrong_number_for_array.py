# Lets a number stand for an array of any shape.
# hidden: wrong type
import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), reference_gradient(f, x).value
    if a.ndim > 0 and a.shape != n.shape:
        return "wrong shape", None
    scale = np.maximum(np.abs(a), np.abs(n))
    if np.all(scale < 1e-8):
        return "nothing tested", None
    error = np.where(scale < 1e-8, 0.0, np.abs(a - n) / np.where(scale < 1e-8, 1.0, scale))
    worst = np.unravel_index(np.argmax(error), error.shape)
    return ("right", None) if error[worst] <= tol else ("wrong", tuple(int(i) for i in worst))
