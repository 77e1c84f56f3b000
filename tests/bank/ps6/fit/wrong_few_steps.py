# Stops subgradient descent after 100 steps.
# visible: no property
# hidden: no property
def fit(X, y, C):
    lam = 1 / (len(y) * C)

    def loss(w):
        return np.mean(np.maximum(0, 1 - y * (X @ w[:-1] + w[-1]))) + lam / 2 * np.sum(w[:-1] ** 2)

    w = np.zeros(X.shape[1] + 1)
    for t in range(1, 101):
        w = w - grad(loss)(w) / (1 + lam * t)
    return w
