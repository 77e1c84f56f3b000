# Keeps only the record so far.
def train(X, y, lam, steps):
    A = np.column_stack([X, np.ones(len(X))])

    def loss(w):
        return np.maximum(0, 1 - y * np.dot(A, w)).mean() + lam * np.dot(w[:-1], w[:-1]) / 2

    w = np.zeros(A.shape[1])
    value, slope = value_and_grad(loss)(w)
    best, lowest, losses = w, value, [value]
    for t in range(1, steps + 1):
        w = w - 1 / (1 + lam * t) * slope
        value, slope = value_and_grad(loss)(w)
        losses.append(value)
        if value < lowest:
            best, lowest = w, value
    return best, np.array(losses)
