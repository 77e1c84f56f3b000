# Writes a module with a magic and imports it.
# deserves: slope 3, gradient 3, dual 3
# %% top
%%writefile helper.py
def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
# %% slope
from helper import central as slope
