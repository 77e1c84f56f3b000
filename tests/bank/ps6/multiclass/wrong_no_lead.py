# Forgets the 1.
# visible: the 1 is missing: a lead of 0 was enough
# hidden: the 1 is missing: a lead of 0 was enough
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None]
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
