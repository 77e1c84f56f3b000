# Differentiates the residual g(x, theta) - x, and solves column by column.
def fixed_point_jacobian(g, x, theta):
    def residual(x, theta):
        return g(x, theta) - x

    by_x = jacobian(residual, 0)(x, theta)
    columns = jacobian(residual, 1)(x, theta).T
    return np.stack([np.linalg.solve(by_x, -column) for column in columns], axis=1)
