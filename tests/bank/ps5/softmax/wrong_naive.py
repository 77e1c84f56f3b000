# Exponentiates the logits as they are.
# visible: exception
# hidden: exception
def softmax_loss(W, X, T):
    E = np.exp(X @ W)
    P = E / np.sum(E, axis=1, keepdims=True)
    return -np.sum(T * np.log(P)) / len(X), X.T @ (P - T) / len(X)
