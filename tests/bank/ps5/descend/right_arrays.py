# Fills arrays that are made beforehand.
def descend(w0, X, t, step, steps):
    path, losses = np.empty((steps + 1, len(w0))), np.empty(steps + 1)
    path[0] = w0
    for k in range(steps + 1):
        z = X @ path[k]
        losses[k] = np.sum(np.logaddexp(0, np.where(t == 1, -z, z)))
        if k < steps:
            path[k + 1] = path[k] - step * X.T @ (expit(z) - t)
    return path, losses
