# Takes the norms, not their squares.
# visible: the penalty takes the lengths of the weights, not their squares
# hidden: the penalty takes the lengths of the weights, not their squares
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.linalg.norm(params["W1"]) + np.linalg.norm(params["W2"])
    return (np.sum(entropies) + penalty / 2 * squares) / N
