# Excludes 1 + tol itself.
# visible: at most means that 1 + tol itself counts
# hidden: at most means that 1 + tol itself counts
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(margins < 1 + tol)
