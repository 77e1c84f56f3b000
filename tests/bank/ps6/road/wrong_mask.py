# Returns a mask.
# visible: a truth value for each example, not the indices of the true ones
# hidden: a truth value for each example, not the indices of the true ones
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, margins <= 1 + tol
