# Gives the right class no slope.
# visible: the right class's own column got no slope
# hidden: the right class's own column got no slope
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
