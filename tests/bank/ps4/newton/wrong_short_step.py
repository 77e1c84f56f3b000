# Stops when the step is short, not when F is small.
# visible: one step too many
# hidden: one step too many
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(1, limit + 1):
        s = np.linalg.solve(jacobian(F)(x), F(x))
        x = x - s
        if np.max(np.abs(s)) <= tol:
            return x, steps
    raise ValueError("no root found")
