# Takes the mask on f in place of 1 - y f.
# visible: who pays was decided by f > 0, not by 1 - y f > 0
# hidden: who pays was decided by f > 0, not by 1 - y f > 0
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.where(X @ w[:-1] + w[-1] > 0, missing, 0)) + lam / 2 * np.sum(w[:-1] ** 2)
