# Multiplies by the sigmoid's slope: descends on the squared error.
# visible: a factor p (1 - p) too many: that is the gradient of the squared error
# hidden: a factor p (1 - p) too many: that is the gradient of the squared error
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        p = expit(X @ path[-1])
        path.append(path[-1] - step * X.T @ ((p - t) * p * (1 - p)))
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
