# Writes the log-sum-exp without taking off the maximum.
# visible: infinite: an exponential overflowed, or a probability became 0 before its logarithm was taken
# hidden: not finite
def loss(params, Z, t, penalty):
    N = len(t)
    entropies = np.log(np.sum(np.exp(Z), axis=1)) - Z[np.arange(N), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(entropies) + penalty / 2 * squares) / N
