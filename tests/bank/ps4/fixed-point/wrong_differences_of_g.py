# Solves the right equation with differences of g.
# hidden: wrong
def fixed_point_jacobian(g, x, theta):
    h = 1e-5
    A = np.array([(g(x + h * e, theta) - g(x - h * e, theta)) / (2 * h) for e in np.eye(len(x))]).T
    C = np.array([(g(x, theta + h * e) - g(x, theta - h * e)) / (2 * h) for e in np.eye(len(theta))]).T
    return np.linalg.solve(np.eye(len(x)) - A, C)
