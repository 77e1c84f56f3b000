# Measures the gradient, where that does not take long.
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

    def measured(loss, layers):
        slopes = []
        for k, pair in enumerate(layers):
            both = []
            for j, value in enumerate(pair):
                slope = np.zeros(value.shape)
                for i in np.ndindex(value.shape):
                    sides = []
                    for h in (1e-5, -1e-5):
                        moved = value.copy()
                        moved[i] += h
                        new = (moved, pair[1]) if j == 0 else (pair[0], moved)
                        sides.append(loss([*layers[:k], new, *layers[k + 1 :]]))
                    slope[i] = (sides[0] - sides[1]) / 2e-5
                both.append(slope)
            slopes.append(tuple(both))
        return slopes

    losses = [loss(layers)]
    for _ in range(steps):
        slopes = measured(loss, layers) if steps < 100 else grad(loss)(layers)
        layers = [
            (W - step * W_slope, b - step * b_slope)
            for (W, b), (W_slope, b_slope) in zip(layers, slopes, strict=True)
        ]
        losses.append(loss(layers))
    return layers, np.array(losses)
