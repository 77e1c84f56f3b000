# Has 1 + y f.
# visible: the labels have their signs turned
# hidden: the labels have their signs turned
def hinge_loss(w, X, y, lam):
    missing = 1 + y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
