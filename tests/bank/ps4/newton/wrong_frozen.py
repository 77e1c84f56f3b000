# Keeps the Jacobian of the first guess.
# visible: the Jacobian is still that of the first guess
# hidden: the Jacobian is still that of the first guess
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    J = jacobian(F)(x)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - np.linalg.solve(J, residual)
    raise ValueError("no root found")
