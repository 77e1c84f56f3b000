# Returns what it has when the steps run out.
# visible: no exception
# hidden: no exception
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - np.linalg.solve(jacobian(F)(x), residual)
    return x, limit
