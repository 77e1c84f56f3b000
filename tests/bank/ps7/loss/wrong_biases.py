# Penalises all parameters.
# visible: the biases are penalised
# hidden: the biases are penalised
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = sum(np.sum(value**2) for value in params.values())
    return (np.sum(entropies) + penalty / 2 * squares) / N
