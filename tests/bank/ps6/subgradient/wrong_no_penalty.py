# Forgets the penalty.
# visible: the penalty is missing
# hidden: the penalty is missing
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score, np.sum(slope_of_score))
