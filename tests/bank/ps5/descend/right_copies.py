# Changes one array in place, and keeps copies of it.
def descend(w0, X, t, step, steps):
    w = np.array(w0, dtype=float)
    path, losses = [], []
    for k in range(steps + 1):
        z = X @ w
        path.append(w.copy())
        losses.append(np.sum(np.maximum(z, 0) - t * z + np.log1p(np.exp(-np.abs(z)))))
        w -= step * (expit(z) - t) @ X
    return np.array(path), np.array(losses)
