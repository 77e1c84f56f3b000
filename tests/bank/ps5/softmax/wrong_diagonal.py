# Follows each output of the softmax to its own input only.
# visible: only the diagonal of the softmax's Jacobian
# hidden: only the diagonal of the softmax's Jacobian
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P) / len(X), X.T @ (-T * (1 - np.exp(log_P))) / len(X)
