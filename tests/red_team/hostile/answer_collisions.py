# Returns such a dict.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return {k * (2**61 - 1): 0 for k in range(2_000)}
