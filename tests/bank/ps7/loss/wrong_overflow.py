# Takes the exponentials of the logits as they are.
# visible: infinite: an exponential overflowed, or a probability became 0 before its logarithm was taken
# hidden: not finite
def loss(params, Z, t, penalty):
    E = np.exp(Z)
    p = (E / E.sum(axis=1, keepdims=True))[np.arange(len(t)), t]
    squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return (np.sum(-np.log(p)) + penalty / 2 * squares) / len(t)
