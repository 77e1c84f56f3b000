# Cell text that looks like nbgrader's marks.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
### BEGIN HIDDEN TESTS
### END HIDDEN TESTS
### BEGIN SOLUTION
def slope(f, x, h):
    return 0.0
### END SOLUTION
### AUTOTEST slope(None, 1, 2)
