# Uses the formula for classes -1 and +1.
# visible: ln(1 + exp(-t z)) is for classes -1 and +1
# hidden: ln(1 + exp(-t z)) is for classes -1 and +1
def log_loss(z, t):
    return np.sum(np.logaddexp(0, -t * z))
