# Goes through the examples one by one.
def softmax_loss(W, X, T):
    loss, slope = 0.0, np.zeros(W.shape)
    for x, target in zip(X, T):
        z = x @ W
        z = z - z.max()
        log_p = z - np.log(np.exp(z).sum())
        loss -= log_p[target == 1][0]
        slope += np.outer(x, np.exp(log_p) - target)
    return loss / len(X), slope / len(X)
