# Adds a little something under the root, so the values change.
# visible: wrong
# hidden: wrong
def bump(X, c):
    r = np.sqrt(np.sum((X - c) ** 2, axis=-1) + 1e-6)
    gap = np.where(r < 1, 1 - r**2, 1.0)
    return np.where(r < 1, np.exp(1 - 1 / gap), 0.0)
