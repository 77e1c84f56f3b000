# Multiplies by a mask instead of choosing.
# visible: not finite
# hidden: not finite
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    return (s < 1) * np.exp(1 - 1 / (1 - s))
