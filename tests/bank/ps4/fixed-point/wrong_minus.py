# Solves with dg/dx - I.
# visible: sign turned
# hidden: sign turned
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return np.linalg.solve(A - np.eye(len(x)), C)
