# Forgets to sum.
# visible: one loss for each example, not yet summed
# hidden: one loss for each example, not yet summed
def log_loss(z, t):
    return np.logaddexp(0, np.where(t == 1, -z, z))
