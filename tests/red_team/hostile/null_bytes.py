# A null byte and a form feed in the text of a cell.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
NULL = "@NULL@"
