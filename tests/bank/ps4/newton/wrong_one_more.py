# Tests before the step only, so it always takes one step too many.
# visible: one step too many
# hidden: one step too many
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit):
        residual = F(x)
        x = x - np.linalg.solve(jacobian(F)(x), residual)
        if np.max(np.abs(residual)) <= tol:
            return x, steps + 1
    raise ValueError("no root found")
