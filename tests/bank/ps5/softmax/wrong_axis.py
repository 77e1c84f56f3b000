# Normalises over the examples.
# visible: the softmax ran over the examples, not over the classes
# hidden: the softmax ran over the examples, not over the classes
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=0, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=0, keepdims=True))
    return -np.sum(T * log_P) / len(X), X.T @ (np.exp(log_P) - T) / len(X)
