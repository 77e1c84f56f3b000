# Containers that hold themselves.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    box = {}
    box["box"] = [box]
    return box
# %% gradient
def gradient(w, X, t):
    box = []
    box.append(box)
    return box
