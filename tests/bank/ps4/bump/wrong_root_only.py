# Gets rid of the root, and leaves the branches.
# visible: the gradient is nan where the branch that is not taken blows up: at distance 1 and beyond
# hidden: the gradient is nan where the branch that is not taken blows up: at distance 1 and beyond
def bump(X, c):
    s = np.sum((X - c) ** 2, axis=-1)
    return np.where(s < 1, np.exp(1 - 1 / (1 - s)), 0.0)
