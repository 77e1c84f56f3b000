# Divides by |1 - y f|, which is 0/0 on the corner.
# visible: not finite
# hidden: not finite
def hinge_subgradient(w, X, y, lam):
    missing = 1 - y * (X @ w[:-1] + w[-1])
    step = (1 + missing / np.abs(missing)) / 2
    slopes = -step * y / len(y)
    return np.append(slopes @ X + lam * w[:-1], np.sum(slopes))
