# Multiplies by a vector of ones.
# visible: v was left out of the data's share
# hidden: v was left out of the data's share
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z) * expit(-z) * X.sum(axis=1)) / len(X) + lam * v
