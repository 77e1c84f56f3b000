# Adds up the examples one by one.
def gradient(w, b, X, t, lam):
    dw, db = np.zeros(len(w)), 0.0
    for x, target in zip(X, t):
        off = expit(np.dot(x, w) + b) - target
        dw = dw + off * x
        db = db + off
    return dw / len(t) + lam * w, db / len(t)
