# Takes SciPy's logarithm of the sigmoid.
from scipy.special import log_expit


def log_loss(z, t):
    return -np.sum(np.where(t == 1, log_expit(z), log_expit(-z)))
