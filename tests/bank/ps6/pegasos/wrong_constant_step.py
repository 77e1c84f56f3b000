# Takes steps of length 1/lam.
# visible: the steps do not get shorter: they are 1/lam
# hidden: the steps do not get shorter: they are 1/lam
def pegasos(X, y, lam, order, project):
    places = [np.zeros(X.shape[1])]
    for t, i in enumerate(order, start=1):
        old = places[-1]
        w = (1 - 1) * old
        if y[i] * np.dot(old, X[i]) < 1:
            w = w + y[i] * X[i] / lam
        length = np.sqrt(np.sum(w**2))
        if project and length > 1 / np.sqrt(lam):
            w = w / length / np.sqrt(lam)
        places.append(w)
    return np.array(places)
