# Subtracts the probabilities from the targets.
# visible: the loss is right, its gradient has the sign turned
# hidden: the loss is right, its gradient has the sign turned
def softmax_loss(W, X, T):
    Z = X @ W - np.max(X @ W, axis=1, keepdims=True)
    log_P = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    return -np.sum(T * log_P) / len(X), X.T @ (T - np.exp(log_P)) / len(X)
