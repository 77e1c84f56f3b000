# Writes the hinge as half of z plus |z|.
def hinge_loss(w, X, y, lam):
    v, b = w[:-1], w[-1]
    z = 1 - y * (np.dot(X, v) + b)
    return np.mean((z + np.abs(z)) / 2) + lam * np.dot(v, v) / 2
