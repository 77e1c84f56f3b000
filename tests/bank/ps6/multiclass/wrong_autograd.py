# Leaves the gradient to autograd.
# visible: exception
# hidden: exception
def multiclass_hinge(W, X, c):
    T = np.eye(W.shape[1])[c]

    def loss(W):
        S = np.dot(X, W)
        return np.sum(np.maximum(0, S - np.sum(T * S, axis=1, keepdims=True) + 1) * (1 - T)) / len(X)

    return value_and_grad(loss)(W)
