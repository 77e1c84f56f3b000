# Takes tanh's slope from its input, as 1/cosh^2.
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T / np.cosh(X @ params["W1"] + params["b1"]) ** 2
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.sum(axis=0),
    }
