# Penalises W2 alone.
# visible: W2 alone is penalised
# hidden: W2 alone is penalised
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W2"] ** 2)
    return (np.sum(entropies) + penalty / 2 * squares) / N
