# Multiplies by I - dg/dx.
# visible: multiplied by I - dg/dx, not divided
# hidden: multiplied by I - dg/dx, not divided
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return (np.eye(len(x)) - A) @ C
