# Records each loss one place late.
# visible: the losses belong to the places before
# hidden: the losses belong to the places before
def descend(w0, X, t, step, steps):
    w = np.array(w0, dtype=float)
    path, losses = [w], [np.sum(np.logaddexp(0, X @ w) - t * (X @ w))]
    for _ in range(steps):
        losses.append(np.sum(np.logaddexp(0, X @ w) - t * (X @ w)))
        w = w - step * X.T @ (expit(X @ w) - t)
        path.append(w)
    return np.array(path), np.array(losses)
