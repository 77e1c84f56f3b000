# Leaves the gradient to the tape, and penalises the weights.
def learn(X, t, X_new):
    h, rng, rows = 8, np.random.default_rng(3), np.arange(len(t))

    def logits(params, X):
        return np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]

    def loss(params):
        Z = logits(params, X)
        squares = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
        return np.mean(logsumexp(Z, axis=1) - Z[rows, t]) + 1e-5 * squares

    params = {
        "W1": rng.standard_normal((2, h)),
        "b1": rng.standard_normal(h),
        "W2": rng.standard_normal((h, 2)) / np.sqrt(h),
        "b2": np.zeros(2),
    }
    for _ in range(1000):
        slopes = grad(loss)(params)
        params = {name: params[name] - 0.8 * slopes[name] for name in params}
    return params, np.argmax(logits(params, X_new), axis=1)
