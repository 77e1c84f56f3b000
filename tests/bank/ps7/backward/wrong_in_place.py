# Takes the targets off the caller's P.
# visible: input changed in place
def backward(params, X, H, P, t, penalty):
    N = len(t)
    P[np.arange(N), t] -= 1
    D = P / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.sum(axis=0),
    }
