# Indexes the columns only: every point meets every class.
# visible: Z[:, t] pairs every point with the classes of all
# hidden: Z[:, t] pairs every point with the classes of all
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = logsumexp(Z, axis=1) - Z[:, t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(entropies) + penalty / 2 * squares) / N
