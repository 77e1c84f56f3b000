# Lets everybody pay.
# visible: everybody pays, with a large margin as well
# hidden: everybody pays, with a large margin as well
def hinge_subgradient(w, X, y, lam):
    pays = np.ones(len(y))
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
