# Returns where it ended.
# visible: only the last place and the last loss
# hidden: only the last place and the last loss
def descend(w0, X, t, step, steps):
    w = np.array(w0, dtype=float)
    for _ in range(steps):
        w = w - step * X.T @ (expit(X @ w) - t)
    return w, np.sum(np.logaddexp(0, X @ w) - t * (X @ w))
