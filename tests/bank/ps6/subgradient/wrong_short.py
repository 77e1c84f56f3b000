# Leaves the bias out of the result.
# visible: the bias is missing
# hidden: the bias is missing
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return X.T @ slope_of_score + lam * w[:-1]
