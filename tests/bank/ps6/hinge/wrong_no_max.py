# Has no max with 0.
# visible: a large margin was paid out: there is no max with 0
# hidden: a large margin was paid out: there is no max with 0
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(missing) + lam / 2 * np.sum(w[:-1] ** 2)
