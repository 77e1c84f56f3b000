# Raises what ends an iteration.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    raise StopIteration(13.0)
