# Leaves out who stands beyond the road.
# visible: who stands beyond the road, on the wrong side, is left out
# hidden: who stands beyond the road, on the wrong side, is left out
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.flatnonzero(np.abs(margins) <= 1 + tol)
