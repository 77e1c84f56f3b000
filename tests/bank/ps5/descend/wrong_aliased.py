# Appends one array again and again, and changes it in place.
# visible: every row holds the last weights: one array was changed again and again
# hidden: every row holds the last weights: one array was changed again and again
def descend(w0, X, t, step, steps):
    w = np.array(w0, dtype=float)
    path, losses = [w], [np.sum(np.logaddexp(0, X @ w) - t * (X @ w))]
    for _ in range(steps):
        w -= step * X.T @ (expit(X @ w) - t)
        path.append(w)
        losses.append(np.sum(np.logaddexp(0, X @ w) - t * (X @ w)))
    return np.array(path), np.array(losses)
