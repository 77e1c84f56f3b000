# Subtracts the penalty.
# visible: the penalty is subtracted
# hidden: the penalty is subtracted
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(entropies) - penalty / 2 * squares) / N
