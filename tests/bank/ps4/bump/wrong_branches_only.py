# Mends the branches, and leaves the root.
# visible: the gradient is nan at the centre, from the root
# hidden: the gradient is nan at the centre, from the root
def bump(X, c):
    r = np.sqrt(np.sum((X - c) ** 2, axis=-1))
    gap = np.where(r < 1, 1 - r**2, 1.0)
    return np.where(r < 1, np.exp(1 - 1 / gap), 0.0)
