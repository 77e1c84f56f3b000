# Computes p (1 - p) from logarithms.
def hessian_vector(w, X, lam, v):
    z = X @ w
    s = np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z))
    return np.mean((s * (X @ v))[:, None] * X, axis=0) + lam * v
