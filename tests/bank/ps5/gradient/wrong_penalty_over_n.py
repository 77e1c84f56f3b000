# Divides the penalty by n as well.
# visible: the penalty, too, was divided by n
# hidden: the penalty, too, was divided by n
def gradient(w, b, X, t, lam):
    off = expit(X @ w + b) - t
    return (X.T @ off + lam * w) / len(t), np.mean(off)
