# Looks for the bias at the front.
# visible: the bias was looked for at the front
# hidden: the bias was looked for at the front
def hinge_loss(w, X, y, lam):
    missing = 1 - y * (X @ w[1:] + w[0])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[1:] ** 2)
