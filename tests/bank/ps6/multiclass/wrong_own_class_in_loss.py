# Counts the right class in the loss.
# visible: the right class was counted as a rival of itself, in the loss
# hidden: the right class was counted as a rival of itself, in the loss
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = 0
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
