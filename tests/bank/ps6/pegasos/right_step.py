# Writes the step as eta, and takes the minimum of 1 and the ratio.
def pegasos(X, y, lam, order, project):
    W = np.zeros((len(order) + 1, X.shape[1]))
    for t in range(1, len(order) + 1):
        x, label, eta = X[order[t - 1]], y[order[t - 1]], 1 / (lam * t)
        slope = lam * W[t - 1] - (label * (W[t - 1] @ x) < 1) * label * x
        W[t] = W[t - 1] - eta * slope
        if project:
            W[t] *= min(1, 1 / (np.sqrt(lam) * max(np.linalg.norm(W[t]), 1e-300)))
    return W
