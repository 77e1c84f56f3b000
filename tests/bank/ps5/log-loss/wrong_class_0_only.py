# Forgets the first term.
# visible: only the examples of class 0 are counted
# hidden: only the examples of class 0 are counted
def log_loss(z, t):
    return np.sum((1 - t) * np.logaddexp(0, z))
