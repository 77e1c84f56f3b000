# Takes every step from the start.
# visible: every step leaves from the start
# hidden: wrong
def descend(layers, X, t, penalty, step, steps, activation):
    activate = {"tanh": np.tanh, "relu": lambda A: np.maximum(A, 0), "sigmoid": lambda A: 1 / (1 + np.exp(-A))}

    def loss(layers):
        A = X
        for W, b in layers[:-1]:
            A = activate[activation](A @ W + b)
        Z = A @ layers[-1][0] + layers[-1][1]
        squares = sum(np.sum(W**2) for W, b in layers)
        return (np.sum(logsumexp(Z, axis=1) - Z[np.arange(len(t)), t]) + penalty / 2 * squares) / len(t)

    start = layers
    losses = [loss(layers)]
    for _ in range(steps):
        slopes = grad(loss)(layers)
        layers = [
            (W - step * W_slope, b - step * b_slope)
            for (W, b), (W_slope, b_slope) in zip(start, slopes, strict=True)
        ]
        losses.append(loss(layers))
    return layers, np.array(losses)
