# Answers that call one another, in another order than the questions; global state.
# deserves: slope 3, gradient 3, dual 3
# %% top
count = 0
def central(f, x, h):
    global count
    count += 1
    return difference(f, x, h) / (2 * h)
# %% slope
def difference(f, x, h):
    return f(x + h) - f(x - h)
slope = central
