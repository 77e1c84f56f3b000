# Takes central differences.
# visible: wrong
# hidden: wrong
def multiclass_hinge(W, X, c):
    T = np.eye(W.shape[1])[c]

    def loss(W):
        S = np.dot(X, W)
        return np.sum(np.maximum(0, S - np.sum(T * S, axis=1, keepdims=True) + 1) * (1 - T)) / len(X)

    h, G = 1e-7, np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        G[i] = (loss(W + E) - loss(W - E)) / (2 * h)
    return loss(W), G
