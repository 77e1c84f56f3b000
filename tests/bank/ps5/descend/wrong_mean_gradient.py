# Divides the gradient by the number of examples.
# visible: the gradient of the mean, not of the sum
# hidden: the gradient of the mean, not of the sum
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - step * X.T @ (expit(X @ path[-1]) - t) / len(t))
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
