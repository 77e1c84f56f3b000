# Leaves the labels out.
# visible: the labels are not in the margins
# hidden: the labels are not in the margins
def road(w, X, y, tol):
    margins = X @ w[:-1] + w[-1]
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(margins <= 1 + tol)
