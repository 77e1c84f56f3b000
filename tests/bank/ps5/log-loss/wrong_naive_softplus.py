# Works with logits, but exponentiates them as they are.
# visible: exception
# hidden: exception
def log_loss(z, t):
    return np.sum(np.log(1 + np.exp(z)) - t * z)
