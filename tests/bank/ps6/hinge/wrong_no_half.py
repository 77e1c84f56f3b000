# Forgets the half of the penalty.
# visible: lam |v|^2 without its half
# hidden: lam |v|^2 without its half
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam * np.sum(w[:-1] ** 2)
