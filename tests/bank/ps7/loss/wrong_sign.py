# Loses the minus sign of the cross entropy.
# visible: the cross entropy has lost its minus sign
# hidden: the cross entropy has lost its minus sign
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (-np.sum(entropies) + penalty / 2 * squares) / N
