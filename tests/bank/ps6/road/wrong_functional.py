# Returns functional margins.
# visible: functional margins: they are not divided by the length of v
# hidden: functional margins: they are not divided by the length of v
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins, np.flatnonzero(margins <= 1 + tol)
