# Writes into the weights.
# visible: input changed in place
# hidden: input changed in place
def multiclass_hinge(W, X, c):
    W *= 1.0
    W -= W.mean(axis=1, keepdims=True)
    n, S = len(X), X @ W
    rows = np.arange(n)
    missing = S - S[rows, c][:, None] + 1
    missing[rows, c] = 0
    slopes = (missing > 0).astype(float)
    slopes[rows, c] = -np.sum(slopes, axis=1)
    return np.sum(np.maximum(0, missing)) / n, X.T @ slopes / n
