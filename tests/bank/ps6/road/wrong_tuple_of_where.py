# Returns what where gives, without unpacking it.
# visible: wrong type
# hidden: wrong type
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.where(margins <= 1 + tol)
