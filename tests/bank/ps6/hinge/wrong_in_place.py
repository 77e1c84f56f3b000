# Writes into the labels.
# visible: input changed in place
# hidden: input changed in place
def hinge_loss(w, X, y, lam):
    y[:] = y * 1
    y *= -1
    missing = 1 + y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
