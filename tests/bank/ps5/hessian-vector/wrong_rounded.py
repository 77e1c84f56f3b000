# Subtracts p from 1.
# visible: 1 - p was rounded to 0 at the logit 40
# hidden: 1 - p was rounded to 0 far out
def hessian_vector(w, X, lam, v):
    p = expit(X @ w)
    return X.T @ (p * (1 - p) * (X @ v)) / len(X) + lam * v
