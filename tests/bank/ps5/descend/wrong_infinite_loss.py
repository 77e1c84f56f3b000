# Computes the loss from rounded probabilities.
# visible: not finite
# hidden: not finite
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - step * X.T @ (expit(X @ path[-1]) - t))
    p = expit(np.array(path) @ X.T)
    return np.array(path), -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p), axis=1)
