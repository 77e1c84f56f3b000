# Sorts the support vectors by their margins.
# visible: in the order of their margins, not of their numbers
# hidden: in the order of their margins, not of their numbers
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, margins / length, np.array([i for i in np.argsort(margins) if margins[i] <= 1 + tol], dtype=int)
