# One entry at a time, with the first cell's reference.
import math

import numpy as np

from gradschool.differences import gradient as reference_gradient


def gradient_check(f, gradient, x, tol=1e-6):
    n = reference_gradient(f, x).value
    a = np.asarray(gradient(x))
    if np.shape(a) != np.shape(n):
        return ("wrong shape", None)
    worst, where, tested = -1.0, None, False
    for i in np.ndindex(n.shape):
        if abs(a[i]) < 1e-8 and abs(n[i]) < 1e-8:
            continue
        tested = True
        error = abs(a[i] - n[i]) / max(abs(a[i]), abs(n[i]))
        if math.isnan(error):
            error = math.inf
        if error > worst:
            worst, where = error, i
    if not tested:
        return ("nothing tested", None)
    return ("wrong", where) if worst > tol else ("right", None)
