# Returns the last place.
# visible: the place after the step, though the start was better
# hidden: the last place, though an earlier one was better
def train(X, y, lam, steps):
    def loss(w):
        missing = 1 - y * (X @ w[:-1] + w[-1])
        return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)

    places = [np.zeros(X.shape[1] + 1)]
    for t in range(1, steps + 1):
        places.append(places[-1] - grad(loss)(places[-1]) / (1 + lam * t))
    losses = [loss(w) for w in places]
    return places[-1], np.array(losses)
