# Takes the maximum off inside the log-sum-exp only.
# visible: the maximum was taken off in the logarithm, and not put back
# hidden: the maximum was taken off in the logarithm, and not put back
def softmax_loss(W, X, T):
    Z = X @ W
    m = Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z - m).sum(axis=1))
    P = np.exp(Z - m)/np.exp(Z - m).sum(axis=1, keepdims=True)
    return np.mean(lse - (T*Z).sum(axis=1)), X.T @ (P - T)/len(X)
