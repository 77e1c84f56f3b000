# Changes one array, so that the best place moves on.
# visible: the place after the step, though the start was better
# hidden: the last place, though an earlier one was better
def train(X, y, lam, steps):
    def loss(w):
        missing = 1 - y * (X @ w[:-1] + w[-1])
        return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)

    w = np.zeros(X.shape[1] + 1)
    best, losses = w, [loss(w)]
    for t in range(1, steps + 1):
        w -= grad(loss)(w) / (1 + lam * t)
        losses.append(loss(w))
        if losses[-1] < min(losses[:-1]):
            best = w
    return best, np.array(losses)
