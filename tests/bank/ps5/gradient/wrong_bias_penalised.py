# Penalises the bias.
# visible: the bias was penalised
# hidden: bias penalised
def gradient(w, b, X, t, lam):
    off = (expit(X @ w + b) - t) / len(t)
    return X.T @ off + lam * w, np.sum(off) + lam * b
