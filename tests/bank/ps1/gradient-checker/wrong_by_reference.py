# Divides by the reference alone.
# hidden: wrong type
import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), reference_gradient(f, x).value
    if a.shape != n.shape:
        return "wrong shape", None
    small = (np.abs(a) < 1e-8) & (np.abs(n) < 1e-8)
    if np.all(small):
        return "nothing tested", None
    error = np.where(small, 0.0, np.abs(a - n) / np.where(n == 0, 1e-300, np.abs(n)))
    worst = np.unravel_index(np.argmax(error), error.shape)
    return ("right", None) if error[worst] <= tol else ("wrong", tuple(int(i) for i in worst))
