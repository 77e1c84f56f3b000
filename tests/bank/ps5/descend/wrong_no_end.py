# Ends its records before the last step.
# visible: the place after the last step is missing
# hidden: the place after the last step is missing
def descend(w0, X, t, step, steps):
    w, path, losses = np.array(w0, dtype=float), [], []
    for _ in range(steps):
        path.append(w)
        losses.append(np.sum(np.logaddexp(0, X @ w) - t * (X @ w)))
        w = w - step * X.T @ (expit(X @ w) - t)
    return np.array(path), np.array(losses)
