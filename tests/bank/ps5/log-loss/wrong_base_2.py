# Counts in bits.
# visible: logarithms to base 2
# hidden: logarithms to base 2
def log_loss(z, t):
    return np.sum(np.logaddexp2(0, np.where(t == 1, -z, z) / np.log(2)))
