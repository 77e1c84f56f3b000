# Changes one array again and again.
# visible: every row holds the last weights: one array was changed again and again
# hidden: every row holds the last weights: one array was changed again and again
def pegasos(X, y, lam, order, project):
    w = np.zeros(X.shape[1])
    places = [w]
    for t, i in enumerate(order, start=1):
        pushes = y[i] * np.dot(w, X[i]) < 1
        w *= 1 - 1 / t
        if pushes:
            w += y[i] * X[i] / (lam * t)
        length = np.sqrt(np.sum(w**2))
        if project and length > 1 / np.sqrt(lam):
            w /= length * np.sqrt(lam)
        places.append(w)
    return np.array(places)
