# Multiplies by p (1 - p) on both sides.
# visible: p (1 - p) was taken twice
# hidden: p (1 - p) was taken twice
def hessian_vector(w, X, lam, v):
    z = X @ w
    s = expit(z) * expit(-z)
    return (X.T * s) @ (s * (X @ v)) / len(X) + lam * v
