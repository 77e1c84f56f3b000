# One per cent off, and calls itself float16.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# known hole: gradschool.check.compare.precision takes the coarser precision of what came and what is wanted
# %% slope
def slope(f, x, h):
    return np.float16(1.005 * (f(x + h) - f(x - h)) / (2 * h))
