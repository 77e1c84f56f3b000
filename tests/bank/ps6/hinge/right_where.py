# Appends a column of ones, and masks with where.
def hinge_loss(w, X, y, lam):
    A = np.hstack([X, np.ones((len(X), 1))])
    margin = y * np.dot(A, w)
    return np.sum(np.where(margin < 1, 1 - margin, 0.0)) / len(y) + 0.5 * lam * np.dot(w[:-1], w[:-1])
