# Gives up one step too late.
# visible: no exception
# hidden: no exception
def newton(F, x0, tol, limit):
    x, steps = np.array(x0, dtype=float), 0
    while np.max(np.abs(F(x))) > tol:
        if steps > limit:
            raise ValueError("no root")
        x = x - np.linalg.solve(jacobian(F)(x), F(x))
        steps += 1
    return x, steps
