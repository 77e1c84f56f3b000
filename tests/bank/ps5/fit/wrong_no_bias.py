# Has no bias.
# visible: a bias of zero
# hidden: wrong
def fit(X, t, C):
    w = np.zeros(X.shape[1])
    for _ in range(50):
        z = X @ w
        bend = (X.T * (C * expit(z) * expit(-z))) @ X + np.eye(len(w))
        w = w - np.linalg.solve(bend, C * X.T @ (expit(z) - t) + w)
    return w, 0.0
