# Keeps the sigmoid's slope, which cancels in the cross entropy.
# visible: a factor p (1 - p) too many: that is the gradient of the squared error
# hidden: a factor p (1 - p) too many: that is the gradient of the squared error
def gradient(w, b, X, t, lam):
    p = expit(X @ w + b)
    off = (p - t) * p * (1 - p) / len(t)
    return X.T @ off + lam * w, np.sum(off)
