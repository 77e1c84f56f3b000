# Keeps the half.
# visible: the half of the penalty is still there
# hidden: regulariser halved
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X.T @ off + lam / 2 * w, np.sum(off)
