# Forgets the label in the slope.
# visible: the labels are not in the slopes
# hidden: the labels are not in the slopes
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(1.0 * pays) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score))
