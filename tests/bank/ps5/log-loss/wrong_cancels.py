# Subtracts t z from ln(1 + e^z), which is as large.
# visible: a small loss was rounded to 0
# hidden: what is small was lost in a difference of what is large
def log_loss(z, t):
    return np.sum(np.logaddexp(0, z) - t * z)
