# Squares the missing margins.
# visible: the missing margins were squared
# hidden: the missing margins were squared
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = 2 * np.maximum(0, missing)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing) ** 2) / n, X.T @ slopes / n
