# Leaves the gradient to autograd.
def descend(layers, X, t, penalty, step, steps, activation):
    import autograd.numpy as anp
    from autograd import value_and_grad as value_and_gradient

    def loss(layers):
        A = X
        for depth, (W, b) in enumerate(layers, start=1):
            A = anp.dot(A, W) + b
            if depth < len(layers):
                if activation == "tanh":
                    A = anp.tanh(A)
                elif activation == "relu":
                    A = A * (A > 0)
                else:
                    A = 1 / (1 + anp.exp(-A))
        Z = A - anp.max(A, axis=1, keepdims=True)
        entropies = anp.log(anp.sum(anp.exp(Z), axis=1)) - Z[np.arange(len(t)), t]
        squares = sum([anp.sum(W**2) for W, _ in layers])
        return (anp.sum(entropies) + penalty / 2 * squares) / len(t)

    losses = []
    for _ in range(steps):
        value, slopes = value_and_gradient(loss)(layers)
        losses.append(value)
        moved = [(W - step * s, b - step * r) for (W, b), (s, r) in zip(layers, slopes, strict=True)]
        layers = moved
    losses.append(loss(layers))
    return layers, np.array(losses)
