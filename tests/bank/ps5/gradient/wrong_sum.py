# Forgets the mean.
# visible: the gradient of the sum: the 1/n of the mean is missing
# hidden: sum for mean
def gradient(w, b, X, t, lam):
    off = expit(X @ w + b) - t
    return X.T @ off + lam * w, np.sum(off)
