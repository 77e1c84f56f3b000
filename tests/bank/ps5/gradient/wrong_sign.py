# Turns the sign of the data's share.
# visible: the sign is turned: t - p in place of p - t
# hidden: sign turned
def gradient(w, b, X, t, lam):
    off = (t - expit(X @ w + b)) / len(t)
    return X.T @ off + lam * w, np.sum(off)
