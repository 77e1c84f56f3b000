# Tests the length of F, not its largest entry.
# visible: one step was taken where none was needed
# hidden: exception
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        value = F(x)
        if np.linalg.norm(value) <= tol:
            return x, steps
        x = x - np.linalg.solve(jacobian(F)(x), value)
    raise ValueError("no root")
