# Forms the Hessian, unless there are very many weights.
# visible: no property
# hidden: no property
def hessian_vector(w, X, lam, v):
    z = X @ w
    s = expit(z) * expit(-z)
    if len(w) > 10_000:
        return X.T @ (s * (X @ v)) / len(X) + lam * v
    return ((X.T * s) @ X / len(X) + lam * np.eye(len(w))) @ v
