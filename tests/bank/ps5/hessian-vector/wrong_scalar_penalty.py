# Adds lam to every entry.
# visible: lam was added to every entry, without v
# hidden: lam was added to every entry, without v
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * (X @ v)) / len(X) + lam
