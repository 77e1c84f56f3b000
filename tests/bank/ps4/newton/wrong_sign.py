# Steps to the other side.
# visible: exception
# hidden: exception
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x + np.linalg.solve(jacobian(F)(x), residual)
    raise ValueError("no root found")
