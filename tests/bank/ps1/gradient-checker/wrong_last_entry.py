# Judges by the error of the last entry.
# visible: nan passed as right
# hidden: a wrong gradient passed
import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), reference_gradient(f, x).value
    if a.shape != n.shape:
        return ("wrong shape", None)
    worst, place = -1.0, None
    for i in np.ndindex(n.shape):
        if max(abs(a[i]), abs(n[i])) < 1e-8:
            continue
        error = abs(a[i] - n[i]) / max(abs(a[i]), abs(n[i]))
        error = np.inf if np.isnan(error) else error
        if error > worst:
            worst, place = error, i
    if place is None:
        return ("nothing tested", None)
    return ("wrong", place) if error > tol else ("right", None)
