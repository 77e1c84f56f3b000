# Kills by a shell command.
# deserves: slope 0, gradient 3, dual 3
# %% slope
!kill -9 -1
def slope(f, x, h):
    return 0.0
