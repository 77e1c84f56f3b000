# Averages the adjoints for the biases.
# visible: the biases' gradients are means over the points, not sums
# hidden: the biases' gradients are means over the points, not sums
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.mean(axis=0),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.mean(axis=0),
    }
