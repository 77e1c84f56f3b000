# Takes the largest entry with its sign.
# visible: it stops where F is negative: the magnitude is not taken
# hidden: wrong
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(residual) <= tol:
            return x, steps
        x = x - np.linalg.solve(jacobian(F)(x), residual)
    raise ValueError("no root found")
