# Solves with the transposed Jacobian.
# visible: the Jacobian is transposed
# hidden: the Jacobian is transposed
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - np.linalg.solve(jacobian(F)(x).T, residual)
    raise ValueError("no root found")
