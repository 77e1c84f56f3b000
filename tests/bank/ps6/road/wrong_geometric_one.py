# Compares geometric margins with 1.
# visible: the geometric margins were compared with 1
# hidden: the geometric margins were compared with 1
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(margins / length <= 1 + tol)
