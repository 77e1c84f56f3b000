# Takes half of the slope on the corner, by the sign.
def hinge_subgradient(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    step = (1 + np.sign(missing)) / 2
    return np.concatenate([np.mean(-(step * y)[:, None] * X, axis=0) + lam * w[:-1], [np.mean(-step * y)]])
