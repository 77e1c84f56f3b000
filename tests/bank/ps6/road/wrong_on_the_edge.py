# Takes only who stands on an edge.
# visible: only who stands on an edge of the road
# hidden: only who stands on an edge of the road
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(np.abs(margins - 1) <= tol)
