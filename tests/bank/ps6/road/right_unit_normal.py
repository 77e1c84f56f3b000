# Scales the line to a normal of length 1.
def road(w, X, y, tol):
    v, b = w[:-1], w[-1]
    size = np.sqrt(v @ v)
    normal = v / size
    distances = y * (X @ normal + b / size)
    return size**-1, distances, np.where(y * (X @ v + b) <= 1 + tol)[0]
