# Forgets the penalty.
# visible: the penalty is forgotten
# hidden: the penalty is forgotten
def backward(params, X, H, P, t, penalty):
    N, k = P.shape
    D = (P - np.eye(k)[t]) / N
    G = D @ params["W2"].T * (1 - H**2)
    return {
        "W1": X.T @ G,
        "b1": G.sum(axis=0),
        "W2": H.T @ D,
        "b2": D.sum(axis=0),
    }
