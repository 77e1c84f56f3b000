# Goes downhill a thousand times with one short step for all weights.
# visible: wrong
# hidden: wrong
def fit(X, t, C):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(1000):
        off = C * (expit(X @ w + b) - t)
        w, b = w - 0.01 * (X.T @ off + w), b - 0.01 * np.sum(off)
    return w, b
