# Takes the logistic loss.
# visible: the logistic loss
# hidden: the logistic loss
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.logaddexp(0, missing - 1)) + lam / 2 * np.sum(w[:-1] ** 2)
