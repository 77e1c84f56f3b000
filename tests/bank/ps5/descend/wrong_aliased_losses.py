# Appends one array again and again, and computes the losses at the end.
# visible: every row holds the last weights, and every loss is the last
# hidden: every row holds the last weights, and every loss is the last
def descend(w0, X, t, step, steps):
    w = np.array(w0, dtype=float)
    path = [w]
    for _ in range(steps):
        w -= step * X.T @ (expit(X @ w) - t)
        path.append(w)
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
