# Measures with central differences of its own, with a step of 1e-5.
# hidden: wrong type
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def gradient_check(f, gradient, x, tol=1e-6):
    a, n = np.asarray(gradient(x)), numerical_gradient(f, x)
    if a.shape != n.shape:
        return "wrong shape", None
    scale = np.maximum(np.abs(a), np.abs(n))
    if np.all(scale < 1e-8):
        return "nothing tested", None
    error = np.where(scale < 1e-8, 0.0, np.abs(a - n) / np.where(scale < 1e-8, 1.0, scale))
    worst = np.unravel_index(np.argmax(error), error.shape)
    return ("right", None) if error[worst] <= tol else ("wrong", tuple(int(i) for i in worst))
