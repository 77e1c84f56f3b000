# Names and words in other scripts, and an emoji that is two halves in JSON.
# deserves: slope 3, gradient 3, dual 3
# %% slope
def slope(f, x, h):
    δ = "höhe, 高さ, \N{SNOWMAN}, \N{GRINNING FACE}"
    print(δ)
    return (f(x + h) - f(x - h)) / (2 * h)
# %% after slope
print("höhe, 高さ, \N{GRINNING FACE}")
