# Has a Jacobian of forward differences.
# visible: wrong
# hidden: wrong
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - np.linalg.solve(np.array([(F(x + 1e-6 * e) - residual) / 1e-6 for e in np.eye(len(x))]).T, residual)
    raise ValueError("no root found")
