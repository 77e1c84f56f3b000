# numpy's numbers, arrays of shape () and whole numbers where numbers are wanted; lists for tuples.
# deserves: slope 3, gradient 3, dual 3
# %% slope
def slope(f, x, h):
    return np.asarray((f(np.float64(x + h)) - f(np.asarray(x - h))) / (2 * h))
# %% gradient
def gradient(w, X, t):
    return np.asfortranarray(np.sum(2 * X * (X @ w - t)[:, None], axis=0) / np.int64(len(t)))[::-1][::-1]
