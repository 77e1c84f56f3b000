# Divides by the number of weights.
# visible: divided by the number of weights, not of examples
# hidden: divided by the number of weights, not of examples
def gradient(w, b, X, t, lam):
    r = (expit(X @ w + b) - t)/len(w)
    return X.T @ r + lam*w, np.sum(r)
