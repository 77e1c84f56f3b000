# Walks about in the caller's array.
# visible: input changed in place
# hidden: input changed in place
def newton(F, x0, tol, limit):
    for steps in range(limit + 1):
        residual = F(x0)
        if np.max(np.abs(residual)) <= tol:
            return x0, steps
        x0 -= np.linalg.solve(jacobian(F)(x0), residual)
    raise ValueError("no root found")
