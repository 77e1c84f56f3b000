# Writes the sigmoid as e^z / (1 + e^z), nan for large logits.
# visible: not finite
# hidden: not finite
def gradient(w, b, X, t, lam):
    e = np.exp(X @ w + b)
    off = (e / (1 + e) - t) / len(t)
    return X.T @ off + lam * w, np.sum(off)
