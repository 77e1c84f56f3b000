# Asks for a callback of a check while no check is being made.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    global kept
    kept = f
    return 0.0
# %% after slope-check
print(kept(2.0))
