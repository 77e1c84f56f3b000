# A shape that broadcasts: a column where a row is wanted, and one number for all.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return np.array([(f(x + h) - f(x - h)) / (2 * h)])
# %% gradient
def gradient(w, X, t):
    return (2 * X.T @ (X @ w - t) / len(t))[:, None]
