# Is stable up to the probabilities, and takes the logarithm of a 0.
# visible: exception
# hidden: exception
def softmax_loss(W, X, T):
    Z = X @ W
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = E / np.sum(E, axis=1, keepdims=True)
    return -np.sum(T * np.log(P)) / len(X), X.T @ (P - T) / len(X)
