# Divides by the diagonal of the Jacobian.
# visible: only the diagonal of the Jacobian is used
# hidden: only the diagonal of the Jacobian is used
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - residual / np.diag(jacobian(F)(x))
    raise ValueError("no root found")
