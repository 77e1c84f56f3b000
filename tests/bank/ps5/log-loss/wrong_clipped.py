# Clips the probabilities.
# visible: the probability was clipped, so a loss stops growing at 34.5
# hidden: the probability was clipped, so a loss stops growing at 34.5
def log_loss(z, t):
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1, e) / (1 + e)
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))
