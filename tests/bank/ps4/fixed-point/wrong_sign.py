# Turns the sign in I - dg/dx.
# visible: added where it must be subtracted: I + dg/dx
# hidden: added where it must be subtracted: I + dg/dx
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return np.linalg.solve(np.eye(len(x)) + A, C)
