# Lets einsum do the products, in two steps.
def hessian_vector(w, X, lam, v):
    z = np.einsum("ij,j->i", X, w)
    e = np.exp(-np.abs(z))
    s = e / (1 + e) ** 2
    return np.einsum("ij,i->j", X, s * np.einsum("ij,j->i", X, v)) / X.shape[0] + lam * v
