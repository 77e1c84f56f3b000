# Gives the right answer and spoils the caller's arrays.
# deserves: slope 3, gradient 0, dual 3
# without walls: the same
# %% gradient
def gradient(w, X, t):
    answer = 2 * X.T @ (X @ w - t) / len(t)
    w[:] = 0
    return answer
