# Forms the diagonal matrix.
# visible: no property
# hidden: no property
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (np.diag(expit(z) * expit(-z)) @ (X @ v)) / len(X) + lam * v
