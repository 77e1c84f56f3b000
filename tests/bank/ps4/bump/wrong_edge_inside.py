# Counts distance 1 as inside, where it divides by 0.
# visible: not finite
# hidden: not finite
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    gap = np.where(s <= 1, 1 - s, 1.0)
    return np.where(s <= 1, np.exp(1 - 1 / gap), 0.0)
