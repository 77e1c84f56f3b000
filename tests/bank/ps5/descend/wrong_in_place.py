# Walks with the caller's array.
# visible: exception
# hidden: input changed in place
def descend(w0, X, t, step, steps):
    path, losses = [], []
    for _ in range(steps + 1):
        path.append(w0.copy())
        losses.append(np.sum(np.logaddexp(0, X @ w0) - t * (X @ w0)))
        w0 -= step * X.T @ (expit(X @ w0) - t)
    return np.array(path), np.array(losses)
