# Applies the sigmoid to what is a probability already.
# visible: the sigmoid was applied twice
# hidden: wrong
def log_loss(z, t):
    p = 1 / (1 + np.exp(-z))
    return np.sum(np.logaddexp(0, np.where(t == 1, -p, p)))
