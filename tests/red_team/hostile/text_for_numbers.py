# The right numbers, as text.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return str((f(x + h) - f(x - h)) / (2 * h))
# %% gradient
def gradient(w, X, t):
    return (2 * X.T @ (X @ w - t) / len(t)).astype("U")
