# Goes through the examples one by one.
def road(w, X, y, tol):
    length = sum(v**2 for v in w[:-1]) ** 0.5
    margins, support = [], []
    for i in range(len(X)):
        functional = y[i] * (np.dot(X[i], w[:-1]) + w[-1])
        margins.append(functional / length)
        if functional <= 1 + tol:
            support.append(i)
    return 1 / length, np.array(margins), np.array(support, dtype=int)
