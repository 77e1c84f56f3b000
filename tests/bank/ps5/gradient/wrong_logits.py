# Forgets the sigmoid.
# visible: the logit in place of the probability
# hidden: the logit in place of the probability
def gradient(w, b, X, t, lam):
    off = (X @ w + b - t) / len(t)
    return X.T @ off + lam * w, np.sum(off)
