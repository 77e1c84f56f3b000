# Takes the mask on f in place of 1 - y f.
# visible: who pays was decided by f > 0, not by 1 - y f > 0
# hidden: who pays was decided by f > 0, not by 1 - y f > 0
def hinge_subgradient(w, X, y, lam):
    pays = X @ w[:-1] + w[-1] > 0
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
