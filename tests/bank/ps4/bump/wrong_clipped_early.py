# Cuts off at distance 0.99, where the bump is small but not zero.
# hidden: wrong
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    inside = s < 0.9
    return np.where(inside, np.exp(1 - 1 / np.where(inside, 1 - s, 1.0)), 0.0)
