# Adds the penalty to the weights of the caller.
# visible: input changed in place
# hidden: input changed in place
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    w *= lam
    w += X.T @ off
    return w, np.sum(off)
