# Prints, raises and returns halves of characters, which no file can hold.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% top
print("\ud800")
# %% slope
def slope(f, x, h):
    raise ValueError("\udfff")
# %% gradient
def gradient(w, X, t):
    return "\ud800", np.array(["\udc00"])
# %% after dual-hidden
raise KeyError("\ud83d")
