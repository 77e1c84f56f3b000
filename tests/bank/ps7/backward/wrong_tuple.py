# Returns the four gradients in a tuple.
# visible: wrong structure
# hidden: wrong structure
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return (
        X.T @ G + penalty / N * params["W1"],
        G.sum(axis=0),
        H.T @ D + penalty / N * params["W2"],
        D.sum(axis=0),
    )
