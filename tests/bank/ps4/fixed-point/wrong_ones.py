# Copies 1 - g_x from one dimension, where the unit matrix is wanted.
# visible: the matrix dg/dx was taken from 1 in every entry, not from the unit matrix
# hidden: the matrix dg/dx was taken from 1 in every entry, not from the unit matrix
def fixed_point_jacobian(g, x, theta):
    by_x, by_theta = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    return np.linalg.solve(1 - by_x, by_theta)
