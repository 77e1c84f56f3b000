# Multiplies the row sums of the Hessian by v.
# visible: the rows of H were summed before the multiplication
# hidden: the rows of H were summed before the multiplication
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * X.sum(axis=1)) / len(X) * v + lam * v
