# Returns no gradient by the bias.
# visible: the gradient by w without the one by b
# hidden: wrong type
def gradient(w, b, X, t, lam):
    return X.T @ (expit(X @ w + b) - t) / len(t) + lam * w
