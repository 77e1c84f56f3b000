# Does not sum over the examples for the bias.
# visible: not summed over the broadcast axis
# hidden: not summed over the broadcast axis
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X.T @ off + lam * w, off
