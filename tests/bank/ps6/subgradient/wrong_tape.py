# Leaves it to the course's own tape.
# visible: exception
# hidden: exception
def hinge_subgradient(w, X, y, lam):
    import numpy

    from gradschool.reverse import grad

    def loss(w):
        return numpy.mean(numpy.maximum(0, 1 - y * (X @ w[:-1] + w[-1]))) + lam / 2 * numpy.sum(w[:-1] ** 2)

    return grad(loss)(w)
