# Inverts the Jacobian, and builds it from one vjp for each row.
def newton(F, x0, tol, limit):
    x, steps = 1.0 * x0, 0
    while True:
        pull_back, residual = make_vjp(F)(x)
        if abs(residual).max() <= tol:
            return x, steps
        if steps >= limit:
            raise ValueError(f"{steps} steps are not enough")
        J = np.array([pull_back(row) for row in np.eye(len(x))])
        x, steps = x - np.linalg.inv(J) @ residual, steps + 1
