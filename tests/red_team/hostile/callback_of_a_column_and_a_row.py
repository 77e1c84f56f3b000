# Gives the examiner's function arguments whose result would fill the examiner's memory.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return f("a" * 8_000_000) + f(np.ones((40_000_000,))).sum()
