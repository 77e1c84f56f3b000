# Has one loss too few.
# visible: the loss after the last step is missing
# hidden: the loss after the last step is missing
def descend(w0, X, t, step, steps):
    path, losses = [np.array(w0, dtype=float)], []
    for _ in range(steps):
        w = path[-1]
        losses.append(np.sum(np.logaddexp(0, X @ w) - t * (X @ w)))
        path.append(w - step * X.T @ (expit(X @ w) - t))
    return np.array(path), np.array(losses)
