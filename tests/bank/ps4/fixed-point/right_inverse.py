# Inverts I - dg/dx.
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return np.linalg.inv(np.eye(len(x)) - A) @ C
