# Differentiates two steps of the iteration.
# visible: two steps of the iteration
# hidden: two steps of the iteration
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return C + A @ C
