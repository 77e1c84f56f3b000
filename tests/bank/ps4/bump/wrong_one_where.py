# Guards the gap, and forgets that outside the value is 0.
# visible: from distance 1 on there is the bump of the harmless number, not 0
# hidden: wrong
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    return np.exp(1 - 1 / np.where(s < 1, 1 - s, 1.0))
