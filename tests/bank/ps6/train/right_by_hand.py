# Has the subgradient by hand.
def train(X, y, lam, steps):
    A, n = np.column_stack([X, np.ones(len(X))]), len(X)
    penalty = lam * np.append(np.ones(X.shape[1]), 0.0)
    places, losses = np.zeros((steps + 1, A.shape[1])), np.zeros(steps + 1)
    for t in range(steps + 1):
        w = places[t]
        margins = y * (A @ w)
        losses[t] = np.sum(np.maximum(0, 1 - margins)) / n + np.sum(penalty * w * w) / 2
        if t < steps:
            places[t + 1] = w - (penalty * w - A.T @ ((margins < 1) * y) / n) / (1 + lam * (t + 1))
    return places[np.argmin(losses)], losses
