# Loops over the classes, not over the examples.
def multiclass_hinge(W, X, c):
    n, k = len(X), W.shape[1]
    S = X @ W
    right = S[np.arange(n), c]
    loss, G = 0.0, np.zeros((n, k))
    for j in range(k):
        rival = (c != j) & (S[:, j] - right + 1 >= 0)
        loss += np.sum(rival * (S[:, j] - right + 1))
        G[:, j] += rival
        G[np.arange(n), c] -= rival
    return loss / n, np.dot(X.T, G) / n
