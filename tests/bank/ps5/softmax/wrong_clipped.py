# Clips the probabilities before the logarithm.
# visible: wrong
# hidden: wrong
def softmax_loss(W, X, T):
    Z = X @ W
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = E / np.sum(E, axis=1, keepdims=True)
    return -np.sum(T * np.log(np.maximum(P, 1e-300))) / len(X), X.T @ (P - T) / len(X)
