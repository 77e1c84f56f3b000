# Nudges theta, and finds the new fixed point by iteration.
# visible: wrong
# hidden: wrong
def fixed_point_jacobian(g, x, theta):
    def found(theta):
        y = x
        for _ in range(200):
            y = g(y, theta)
        return y

    h = 1e-5
    return np.array([(found(theta + h * e) - found(theta - h * e)) / (2 * h) for e in np.eye(len(theta))]).T
