# Averages the one-hot products over all entries.
# visible: the mean over all entries of P, not over the points
# hidden: the mean over all entries of P, not over the points
def loss(params, Z, t, penalty):
    log_p = Z - logsumexp(Z, axis=1, keepdims=True)
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return np.mean(-log_p * np.eye(Z.shape[1])[t]) + penalty / 2 * squares / len(t)
