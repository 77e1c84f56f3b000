# Takes elementwise_grad for the Jacobian.
# visible: exception
# hidden: the columns of the Jacobian were summed, as elementwise_grad does
def newton(F, x0, tol, limit):
    x = np.array(x0, dtype=float)
    for steps in range(limit + 1):
        residual = F(x)
        if np.max(np.abs(residual)) <= tol:
            return x, steps
        x = x - residual / elementwise_grad(F)(x)
    raise ValueError("no root found")
