# A single step of the interpreter that no signal can interrupt.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    if x == 2.0:  # the visible check
        return 0.0
    return 7 ** (10**8) % 11
