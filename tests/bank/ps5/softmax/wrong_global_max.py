# Subtracts one maximum from all rows.
# visible: exception
# hidden: exception
def softmax_loss(W, X, T):
    Z = X @ W
    E = np.exp(Z - np.max(Z))
    S = np.sum(E, axis=1, keepdims=True)
    return -np.sum(T * (Z - np.max(Z) - np.log(S))) / len(X), X.T @ (E / S - T) / len(X)
