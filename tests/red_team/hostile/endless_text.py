# Text of eight million characters; a whole number of a million digits.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return "x" * 8_000_000
# %% gradient
def gradient(w, X, t):
    return 10**1_000_000
