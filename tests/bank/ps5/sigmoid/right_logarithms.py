# Stays with logarithms until the end.
def sigmoid_and_slope(x):
    log_value, log_other = -np.logaddexp(0, -x), -np.logaddexp(0, x)
    return np.exp(log_value), np.exp(log_value + log_other)
