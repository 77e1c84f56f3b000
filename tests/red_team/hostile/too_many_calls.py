# Calls f a thousand times where two calls are asked.
# deserves: slope 1, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    for _ in range(1000):
        f(x)
    return (f(x + h) - f(x - h)) / (2 * h)
