# Returns the gradient transposed.
# visible: the gradient is transposed
# hidden: the gradient is transposed
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P) / len(X), (np.exp(log_P) - T).T @ X / len(X)
