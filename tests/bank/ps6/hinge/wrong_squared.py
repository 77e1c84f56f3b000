# Squares the missing margins.
# visible: the missing margins were squared
# hidden: the missing margins were squared
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing) ** 2) + lam / 2 * np.sum(w[:-1] ** 2)
