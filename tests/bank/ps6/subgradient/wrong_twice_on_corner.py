# Counts who stands on the corner twice.
# visible: outside the slopes at the kink
# hidden: outside the slopes at the kink
def hinge_subgradient(w, X, y, lam):
    margins = y * (X @ w[:-1] + w[-1])
    pays = (margins <= 1) * 1.0 + (margins == 1)
    slopes = -pays * y / len(y)
    return np.append(slopes @ X + lam * w[:-1], np.sum(slopes))
