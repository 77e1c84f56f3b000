# Forgets the penalty.
# visible: the penalty's share is missing
# hidden: the penalty's share is missing
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * (X @ v)) / len(X)
