# Adds the gradient.
# visible: uphill: the gradient was added
# hidden: uphill: the gradient was added
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] + step * X.T @ (expit(X @ path[-1]) - t))
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
