# Leaves it to autograd.
# visible: exception
# hidden: exception
def hinge_subgradient(w, X, y, lam):
    def loss(w):
        return np.mean(np.maximum(0, 1 - y * (X @ w[:-1] + w[-1]))) + lam / 2 * np.sum(w[:-1] ** 2)

    return grad(loss)(w)
