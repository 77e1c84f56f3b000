# Multiplies by X instead of its transpose.
# visible: exception
# hidden: exception
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X @ off + lam * w, np.sum(off)
