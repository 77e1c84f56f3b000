# Ignores the tolerance.
# visible: the tolerance is not in it
# hidden: the tolerance is not in it
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(margins <= 1)
