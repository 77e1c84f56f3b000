# Forgets the mean.
# visible: the Hessian of the sum: the 1/n of the mean is missing
# hidden: the Hessian of the sum: the 1/n of the mean is missing
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * (X @ v)) + lam * v
