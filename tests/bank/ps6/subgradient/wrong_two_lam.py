# Has 2 lam v.
# visible: 2 lam v: the half of the penalty was forgotten
# hidden: 2 lam v: the half of the penalty was forgotten
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + 2 * lam * w[:-1], np.sum(slope_of_score))
