# Begins its records after the first step.
# visible: the start is missing
# hidden: the start is missing
def descend(w0, X, t, step, steps):
    w, path, losses = np.array(w0, dtype=float), [], []
    for _ in range(steps):
        w = w - step * X.T @ (expit(X @ w) - t)
        path.append(w)
        losses.append(np.sum(np.logaddexp(0, X @ w) - t * (X @ w)))
    return np.array(path), np.array(losses)
