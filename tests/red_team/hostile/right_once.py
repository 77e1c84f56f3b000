# Right at the first call of all, wrong at every later one.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
calls = []
def slope(f, x, h):
    calls.append(x)
    return (f(x + h) - f(x - h)) / (2 * h) + (len(calls) > 1)
