# A finite difference that calls itself float32, to be measured by the tolerance of float32.
# deserves: slope 3, gradient 0, dual 3
# without walls: the same
# known hole: gradschool.check.compare.precision takes the coarser precision of what came and what is wanted
# %% gradient
def gradient(w, X, t):
    steps = 1e-6 * np.eye(len(w))
    return np.array([(loss(w + e, X, t) - loss(w, X, t)) / 1e-6 for e in steps]).astype(np.float32)
