# Adds up one example after the other, each with a fraction of its own on the corner.
def hinge_subgradient(w, X, y, lam):
    g = np.zeros(len(w))
    for i in range(len(X)):
        x = np.append(X[i], 1.0)
        margin = y[i] * np.dot(w, x)
        if margin < 1:
            g = g - y[i] * x
        elif margin == 1:
            g = g - y[i] * x / (i + 1)
    g = g / len(X)
    g[:-1] += lam * w[:-1]
    return g
