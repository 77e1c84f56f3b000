# Writes down every loss a step late.
# visible: every loss belongs to the place before
# hidden: every loss belongs to the place before
def train(X, y, lam, steps):
    def loss(w):
        missing = 1 - y * (X @ w[:-1] + w[-1])
        return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)

    w = np.zeros(X.shape[1] + 1)
    best, lowest, losses = w, loss(w), [loss(w)]
    for t in range(1, steps + 1):
        value, slope = value_and_grad(loss)(w)
        w = w - slope / (1 + lam * t)
        losses.append(value)
        if loss(w) < lowest:
            best, lowest = w, loss(w)
    return best, np.array(losses)
