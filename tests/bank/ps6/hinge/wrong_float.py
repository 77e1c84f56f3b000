# Turns the loss into a Python float on the way.
# visible: exception
# hidden: exception
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return float(np.mean(np.maximum(0, missing))) + lam / 2 * np.sum(w[:-1] ** 2)
