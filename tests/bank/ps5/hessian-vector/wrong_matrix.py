# Forms the Hessian.
# visible: no property
# hidden: no property
def hessian_vector(w, X, lam, v):
    z = X @ w
    H = (X.T * (expit(z) * expit(-z))) @ X / len(X) + lam * np.eye(len(w))
    return H @ v
