# Is content with the right side.
# visible: max(0, -y f): being on the right side was enough
# hidden: max(0, -y f): being on the right side was enough
def hinge_loss(w, X, y, lam):
    missing = -y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
