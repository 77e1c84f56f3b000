# Takes the length of all of w.
# visible: the length of w with its bias, not of v
# hidden: the length of w with its bias, not of v
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w)
    return 1 / length, margins / length, np.flatnonzero(margins <= 1 + tol)
