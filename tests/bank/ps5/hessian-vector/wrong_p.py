# Takes the sigmoid for its derivative.
# visible: p in place of p (1 - p)
# hidden: p in place of p (1 - p)
def hessian_vector(w, X, lam, v):
    return X.T @ (expit(X @ w) * (X @ v)) / len(X) + lam * v
