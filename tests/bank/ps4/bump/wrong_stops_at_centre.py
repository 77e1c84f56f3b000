# Puts the constant 1 at the centre, so its second derivative is lost.
# visible: the second derivative at the centre is lost
# hidden: the second derivative at the centre is lost
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    r = np.sqrt(np.where(s > 0, s, 0.25))
    value = np.exp(1 - 1 / np.where(s < 1, 1 - r**2, 1.0))
    return np.where(s > 0, np.where(s < 1, value, 0.0), 1.0)
