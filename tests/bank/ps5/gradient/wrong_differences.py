# Takes central differences.
# visible: wrong
# hidden: a finite difference, where a formula was asked
def gradient(w, b, X, t, lam):
    h = 1e-5
    dw = [
        (objective(w + h * e, b, X, t, lam) - objective(w - h * e, b, X, t, lam)) / (2 * h)
        for e in np.eye(len(w))
    ]
    db = (objective(w, b + h, X, t, lam) - objective(w, b - h, X, t, lam)) / (2 * h)
    return np.array(dw), db
