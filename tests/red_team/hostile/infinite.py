# Infinity, between which and anything else differences are infinite or NaN.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return float("inf")
# %% gradient
def gradient(w, X, t):
    return np.array([np.inf, -np.inf, np.nan][: len(w)])
