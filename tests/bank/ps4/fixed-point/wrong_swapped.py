# Differentiates by theta where x is wanted, and the other way round.
# visible: wrong shape
# hidden: exception
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 1)(x, theta), jacobian(g, 0)(x, theta)
    return np.linalg.solve(np.eye(len(x)) - A, C)
