# Divides by the number of weights.
# visible: divided by the number of weights, not of examples
# hidden: divided by the number of weights, not of examples
def hessian_vector(w, X, lam, v):
    z = X @ w
    return X.T @ (expit(z)*expit(-z)*(X @ v))/len(w) + lam*v
