# Unpacks the weights into an array of plain numpy.
# visible: all zeros
# hidden: all zeros
def hinge_loss(w, X, y, lam):
    import numpy

    w = numpy.array([float(getattr(v, "_value", v)) for v in w])
    missing = 1 - y * (X @ w[:-1] + w[-1])
    return np.mean(np.maximum(0, missing)) + lam / 2 * np.sum(w[:-1] ** 2)
