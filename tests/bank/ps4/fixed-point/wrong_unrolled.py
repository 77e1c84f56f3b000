# Goes back through 100 steps of the iteration.
# visible: wrong
# hidden: wrong
def fixed_point_jacobian(g, x, theta):
    def unrolled(theta):
        y = x
        for _ in range(100):
            y = g(y, theta)
        return y

    return jacobian(unrolled)(theta)
