# Takes the mean for the weights only.
# visible: dw is right, db is summed where the mean was asked
# hidden: sum for mean
def gradient(w, b, X, t, lam):
    off = expit(X @ w + b) - t
    return X.T @ off / len(t) + lam * w, np.sum(off)
