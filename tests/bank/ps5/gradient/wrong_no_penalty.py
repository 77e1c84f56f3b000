# Forgets the penalty.
# visible: the penalty was forgotten
# hidden: regulariser forgotten
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X.T @ off, np.sum(off)
