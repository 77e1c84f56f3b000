# Differentiates one step of the iteration.
# visible: the derivative of g alone: x itself was held fixed
# hidden: the derivative of g alone: x itself was held fixed
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return C
