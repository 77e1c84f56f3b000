# Does not sum the biases' adjoints over the points.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G,
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D,
    }
