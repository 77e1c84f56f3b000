# Leaves out the half of the penalty.
# visible: the penalty lacks its 1/2
# hidden: the penalty lacks its 1/2
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(entropies) + penalty * squares) / N
