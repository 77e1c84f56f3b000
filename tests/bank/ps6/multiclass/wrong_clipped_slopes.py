# Takes what is missing for its slope.
# visible: wrong
# hidden: wrong
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = np.maximum(0, missing)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
