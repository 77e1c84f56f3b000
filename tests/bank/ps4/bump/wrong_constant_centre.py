# Cuts the centre off autograd's graph.
# visible: no path leads from c to the result: its derivative is zero
# hidden: no path leads from c to the result: its derivative is zero
def bump(X, c):
    s = np.sum((X - getval(c)) ** 2, axis=-1)
    inside = s < 1
    return np.where(inside, np.exp(1 - 1 / np.where(inside, 1 - s, 1.0)), 0.0)
