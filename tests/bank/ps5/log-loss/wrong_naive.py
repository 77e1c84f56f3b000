# Computes the probabilities first, and their logarithms.
# visible: exception
# hidden: exception
def log_loss(z, t):
    p = 1 / (1 + np.exp(-z))
    return -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))
