# Transposes dg/dx.
# visible: the matrix dg/dx is transposed
# hidden: the matrix dg/dx is transposed
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return np.linalg.solve(np.eye(len(x)) - A.T, C)
