# Keeps the hidden inputs and shows them in a later cell: no mark, but see the report of known holes.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
seen = []
def slope(f, x, h):
    seen.append((x, h))
    return 0.0
# %% after slope-hidden
print(seen)
