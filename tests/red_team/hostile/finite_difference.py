# A finite difference in place of a formula.
# deserves: slope 3, gradient 0, dual 3
# without walls: the same
# %% gradient
def gradient(w, X, t):
    return np.array([(loss(w + e, X, t) - loss(w, X, t)) / 1e-6 for e in 1e-6 * np.eye(len(w))])
