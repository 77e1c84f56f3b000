# Goes from point to point, and divides by sums of exponentials of differences.
def forward(params, X):
    hidden, probabilities = [], []
    for x in X:
        h = np.tanh(x @ params["W1"] + params["b1"])
        z = h @ params["W2"] + params["b2"]
        e = np.exp(z - max(z))
        hidden.append(h)
        probabilities.append(e / sum(e))
    return np.array(hidden), np.array(probabilities)
