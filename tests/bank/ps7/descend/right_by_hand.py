# Backpropagation by hand, layer by layer.
def descend(layers, X, t, penalty, step, steps, activation):
    act, slope = {
        "tanh": (np.tanh, lambda y: 1 - y**2),
        "relu": (lambda a: a * (a > 0), lambda y: y > 0),
        "sigmoid": (lambda a: 1 / (1 + np.exp(-a)), lambda y: y * (1 - y)),
    }[activation]
    N = len(t)

    def forward(layers):
        outputs = [X]
        for W, b in layers[:-1]:
            outputs.append(act(outputs[-1] @ W + b))
        Z = outputs[-1] @ layers[-1][0] + layers[-1][1]
        data = np.sum(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(N), t])
        return outputs, Z, (data + penalty / 2 * sum(np.sum(W**2) for W, _ in layers)) / N

    layers, losses = list(layers), []
    for _ in range(steps):
        outputs, Z, value = forward(layers)
        losses.append(value)
        D = (np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)) - np.eye(Z.shape[1])[t]) / N
        for k in reversed(range(len(layers))):
            W, b = layers[k]
            layers[k] = (W - step * (outputs[k].T @ D + penalty / N * W), b - step * D.sum(axis=0))
            D = D @ W.T * slope(outputs[k])
    return layers, np.array([*losses, forward(layers)[2]])
