# Guesses.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
import random
def slope(f, x, h):
    return random.random()
# %% gradient
def gradient(w, X, t):
    return np.random.default_rng().standard_normal(w.shape)
