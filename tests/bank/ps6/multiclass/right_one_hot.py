# Works with one-hot rows, and takes the constant 1 out again.
def multiclass_hinge(W, X, c):
    T = np.eye(W.shape[1])[c]
    S = np.dot(X, W)
    Z = np.maximum(0, S - np.sum(T * S, axis=1, keepdims=True) + 1)
    hit = (Z > 0) - T
    pull = hit - T * hit.sum(axis=1, keepdims=True)
    return np.mean(Z.sum(axis=1)) - 1, np.einsum("nd,nk->dk", X, pull) / len(X)
