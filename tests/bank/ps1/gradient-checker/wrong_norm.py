# One relative error for the whole gradient: a small wrong entry hides behind a large one.
# visible: a wrong gradient passed
# hidden: a wrong gradient passed
import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), reference_gradient(f, x).value
    if a.shape != n.shape:
        return "wrong shape", None
    if np.all(np.maximum(np.abs(a), np.abs(n)) < 1e-8):
        return "nothing tested", None
    if np.linalg.norm(a - n) <= 1e-2 * np.linalg.norm(n):
        return "right", None
    error = np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), 1e-8)
    worst = np.unravel_index(np.argmax(error), error.shape)
    return "wrong", tuple(int(i) for i in worst)
