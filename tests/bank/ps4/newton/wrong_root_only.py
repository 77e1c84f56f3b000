# Forgets the number of steps.
# visible: the root without the number of steps
# hidden: the root without the number of steps
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x
        x = x - np.linalg.solve(jacobian(F)(x), residual)
    raise ValueError("no root found")
