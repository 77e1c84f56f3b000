# Stops s just below 1, where the exponential is 0 to the last digit.
def bump(X, c):
    s = np.minimum(np.sum((X - c) ** 2, axis=-1), 1 - 1e-6)
    return np.exp(1 - 1 / (1 - s))
