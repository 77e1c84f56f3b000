# Pushes on the wrong side only.
# visible: only the wrong side pushes: the margin was compared with 0
# hidden: only the wrong side pushes: the margin was compared with 0
def pegasos(X, y, lam, order, project):
    places = [np.zeros(X.shape[1])]
    for t, i in enumerate(order, start=1):
        old = places[-1]
        w = (1 - 1 / t) * old
        if y[i] * np.dot(old, X[i]) < 0:
            w = w + y[i] * X[i] / (lam * t)
        length = np.sqrt(np.sum(w**2))
        if project and length > 1 / np.sqrt(lam):
            w = w / length / np.sqrt(lam)
        places.append(w)
    return np.array(places)
