# Has the sign of the gradient turned.
# visible: the loss is right, its gradient has the sign turned
# hidden: the loss is right, its gradient has the sign turned
def multiclass_hinge(W, X, c):
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, -X.T @ slopes / n
