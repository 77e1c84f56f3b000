# Each call takes most of the time that a check may take: below the limit of a call, above that of several.
# deserves: slope 1, gradient 3, dual 3
# without walls: the same
# %% slope
import time
def slope(f, x, h):
    time.sleep(2.2)
    return (f(x + h) - f(x - h)) / (2 * h)
