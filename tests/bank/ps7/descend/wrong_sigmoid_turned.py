# Forgets the minus in the exponent of the sigmoid.
# visible: the sigmoid is turned round: its exponent is -z
# hidden: the sigmoid is turned round: its exponent is -z
def descend(layers, X, t, penalty, step, steps, activation):
    act = {"tanh": np.tanh, "relu": lambda z: np.maximum(0, z), "sigmoid": lambda z: 1 / (1 + np.exp(z))}[activation]
    def f(layers):
        A = X
        for W, b in layers[:-1]:
            A = act(A @ W + b)
        W, b = layers[-1]
        Z = A @ W + b
        ce = np.sum(logsumexp(Z, axis=1) - Z[np.arange(len(X)), t])
        return (ce + penalty / 2 * sum(np.sum(W**2) for W, b in layers)) / len(X)
    losses = []
    for _ in range(steps):
        value, g = value_and_grad(f)(layers)
        losses.append(value)
        layers = [(W - step * dW, b - step * db) for (W, b), (dW, db) in zip(layers, g)]
    losses.append(f(layers))
    return layers, np.array(losses)
