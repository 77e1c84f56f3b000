# Divides by the squared length.
# visible: divided by the square of the length
# hidden: divided by the square of the length
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.sum(w[:-1] ** 2)
    return 1 / length, margins / length, np.flatnonzero(margins <= 1 + tol)
