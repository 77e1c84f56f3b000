# Forgets to take the targets off.
# visible: the targets were not taken off P
# hidden: the targets were not taken off P
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = P / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G + penalty / N * params["W1"],
        "b1": G.sum(axis=0),
        "W2": H.T @ D + penalty / N * params["W2"],
        "b2": D.sum(axis=0),
    }
