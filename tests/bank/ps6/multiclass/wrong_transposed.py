# Returns the gradient transposed.
# visible: the gradient is transposed
# hidden: the gradient is transposed
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, slopes.T @ X / n
