# Returns weights and bias apart.
# visible: wrong type
# hidden: wrong type
def fit(X, y, C):
    def rounded(w, width):
        missing = 1 - y * (X @ w[:-1] + w[-1])
        return np.sum(w[:-1] ** 2) / 2 + C * width * np.sum(np.logaddexp(0, missing / width))

    w = np.zeros(X.shape[1] + 1)
    for width in 16.0 ** -np.arange(5):
        w = minimize(value_and_grad(rounded), w, args=(width,), jac=True).x
    return w[:-1], w[-1]
