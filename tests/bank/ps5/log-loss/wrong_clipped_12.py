# Clips the probabilities, further in.
# visible: the probability was clipped, so a loss stops growing at 27.6
# hidden: the probability was clipped, so a loss stops growing at 27.6
def log_loss(z, t):
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1, e) / (1 + e)
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))
