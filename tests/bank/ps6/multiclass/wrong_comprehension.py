# Hides the loop over the examples in a comprehension.
# visible: no property
# hidden: no property
def multiclass_hinge(W, X, c):
    S, k = X @ W, W.shape[1]
    missing = np.array([[S[i, j] - S[i, c[i]] + 1 if j != c[i] else 0.0 for j in range(k)] for i in range(len(X))])
    G = (missing > 0) * 1.0
    G = G - np.eye(k)[c] * np.sum(G, axis=1, keepdims=True)
    return np.sum(np.maximum(0, missing)) / len(X), X.T @ G / len(X)
