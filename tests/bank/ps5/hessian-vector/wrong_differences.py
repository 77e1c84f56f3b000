# Takes a central difference of gradients.
# visible: wrong
# hidden: a finite difference of gradients, where the product was asked to all digits
def hessian_vector(w, X, lam, v):
    h = 1e-5
    up, down = (X.T @ expit(X @ (w + s * h * v)) / len(X) for s in (1, -1))
    return (up - down) / (2 * h) + lam * v
