# Forgets the bias in the logits.
# visible: the bias was left out of the logits
# hidden: the bias was left out of the logits
def gradient(w, b, X, t, lam):
    off = (expit(X @ w) - t) / len(t)
    return X.T @ off + lam * w, np.sum(off)
