# Divides the penalty by n as well.
# visible: the penalty's share, too, was divided by n
# hidden: the penalty's share, too, was divided by n
def hessian_vector(w, X, lam, v):
    z = X @ w
    return (X.T @ (expit(z) * expit(-z) * (X @ v)) + lam * v) / len(X)
