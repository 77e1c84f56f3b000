# Returns the whole width.
# visible: the whole width of the road, not half of it
# hidden: the whole width of the road, not half of it
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 2 / length, margins / length, np.flatnonzero(margins <= 1 + tol)
