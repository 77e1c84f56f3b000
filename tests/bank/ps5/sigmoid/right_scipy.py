# Takes SciPy's sigmoid, at x and at -x.
from scipy.special import expit


def sigmoid_and_slope(x):
    x = np.asarray(x, dtype=float)
    return expit(x), expit(x) * expit(-x)
