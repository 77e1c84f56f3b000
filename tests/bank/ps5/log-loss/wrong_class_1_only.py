# Forgets the second term.
# visible: only the examples of class 1 are counted
# hidden: only the examples of class 1 are counted
def log_loss(z, t):
    return np.sum(t * np.logaddexp(0, -z))
