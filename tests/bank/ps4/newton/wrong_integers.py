# Leaves integers as they are.
# visible: exception
# hidden: exception
def newton(F, x0, tol, limit):
    x = x0
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - np.linalg.solve(jacobian(F)(x), residual)
    raise ValueError("no root found")
