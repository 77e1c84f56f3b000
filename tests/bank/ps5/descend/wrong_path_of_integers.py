# Fills a path that has the type of w0, so that integers stay integers.
# visible: the path was put into an array of integers
# hidden: the path was put into an array of integers
def descend(w0, X, t, step, steps):
    path = np.zeros((steps+1, len(w0)), dtype=w0.dtype)
    losses = np.zeros(steps+1)
    w = w0
    for k in range(steps + 1):
        path[k] = w
        losses[k] = np.sum(np.logaddexp(0, X @ w) - t*(X @ w))
        w = w - step * X.T @ (expit(X @ w) - t)
    return path, losses
