# Lets only the wrong side pay.
# visible: only who stands on the wrong side pays
# hidden: only who stands on the wrong side pays
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 0
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
