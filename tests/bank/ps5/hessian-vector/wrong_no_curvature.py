# Forgets the curvature: the Hessian of least squares.
# visible: the factor p (1 - p) is missing
# hidden: the factor p (1 - p) is missing
def hessian_vector(w, X, lam, v):
    return X.T @ (X @ v) / len(X) + lam * v
