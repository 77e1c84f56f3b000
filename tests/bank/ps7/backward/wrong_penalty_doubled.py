# Differentiates lambda/2 |W|^2 to 2 lambda W, with the half forgotten.
# visible: the penalty's gradient is twice too large: the 1/2 cancels the 2 of the square
# hidden: the penalty's gradient is twice too large: the 1/2 cancels the 2 of the square
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + 2 * penalty / N * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + 2 * penalty / N * params["W2"],
        "b2": D.sum(axis=0),
    }
