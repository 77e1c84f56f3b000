# Forgets the penalty.
# visible: the penalty is missing
# hidden: the penalty is missing
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing))
