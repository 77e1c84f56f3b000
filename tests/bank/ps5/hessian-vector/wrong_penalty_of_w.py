# Adds the gradient of the penalty.
# visible: lam w in place of lam v
# hidden: lam w in place of lam v
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * (X @ v)) / len(X) + lam * w
