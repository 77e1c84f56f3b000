# Puts every logit through a sigmoid.
# visible: a sigmoid for each class, not a softmax
# hidden: a sigmoid for each class, not a softmax
def softmax_loss(W, X, T):
    Z = X @ W
    return np.sum(T * np.logaddexp(0, -Z)) / len(X), X.T @ (expit(Z) - T) / len(X)
