# Returns the log likelihood.
# visible: the sign is turned: a loss is not negative
# hidden: the sign is turned: a loss is not negative
def log_loss(z, t):
    return -np.sum(np.logaddexp(0, np.where(t == 1, -z, z)))
