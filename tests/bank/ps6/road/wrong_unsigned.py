# Returns distances without a sign.
# visible: distances without a sign: the labels are not in them
# hidden: distances without a sign: the labels are not in them
def road(w, X, y, tol):
    margins = y * (X @ w[:-1] + w[-1])
    length = np.linalg.norm(w[:-1])
    return 1 / length, np.abs(margins) / length, np.flatnonzero(margins <= 1 + tol)
