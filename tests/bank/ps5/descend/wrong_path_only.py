# Returns the path alone.
# visible: the path without its losses
# hidden: the path without its losses
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - step * X.T @ (expit(X @ path[-1]) - t))
    return np.array(path)
