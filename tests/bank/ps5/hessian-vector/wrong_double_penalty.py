# Doubles the penalty.
# visible: the penalty's share is there twice
# hidden: the penalty's share is there twice
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * (X @ v)) / len(X) + 2 * lam * v
