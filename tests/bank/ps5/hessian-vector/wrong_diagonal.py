# Keeps the diagonal of the Hessian only.
# visible: only the diagonal of H
# hidden: only the diagonal of H
def hessian_vector(w, X, lam, v):
    z = X @ w
    return (expit(z) * expit(-z)) @ X**2 / len(X) * v + lam * v
