# Calls itself for all but the last example.
def pegasos(X, y, lam, order, project):
    if len(order) == 0:
        return np.zeros((1, X.shape[1]))
    before = pegasos(X, y, lam, order[:-1], project)
    t, x, label = len(order), X[order[-1]], y[order[-1]]
    w = before[-1] - before[-1] / t
    if label * before[-1].dot(x) < 1:
        w = w + label / lam / t * x
    squared = w.dot(w)
    if project and lam * squared > 1:
        w = w / np.sqrt(lam * squared)
    return np.vstack([before, w])
