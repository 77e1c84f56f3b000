# Adds lambda W without the 1/N.
# visible: the penalty's gradient is not divided by N
# hidden: the penalty's gradient is not divided by N
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + penalty * params["W2"],
        "b2": D.sum(axis=0),
    }
