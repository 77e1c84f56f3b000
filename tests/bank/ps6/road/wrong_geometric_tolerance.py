# Lays the tolerance on the geometric margins.
# visible: the tolerance was laid on the geometric margins
# hidden: the tolerance was laid on the geometric margins
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(margins / length <= 1 / length + tol)
