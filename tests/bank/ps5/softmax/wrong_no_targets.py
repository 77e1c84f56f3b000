# Forgets the targets in the gradient.
# visible: the targets were not subtracted from the probabilities
# hidden: the targets were not subtracted from the probabilities
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P) / len(X), X.T @ np.exp(log_P) / len(X)
