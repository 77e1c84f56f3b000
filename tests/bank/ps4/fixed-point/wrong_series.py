# Sums the series I + A + A A + ... until it stops changing, or a thousand terms are done.
# visible: not finite
# hidden: wrong
def fixed_point_jacobian(g, x, theta):
    A, term = jacobian(g, 0)(x, theta), jacobian(g, 1)(x, theta)
    total = term
    for _ in range(1000):
        term = A @ term
        total = total + term
    return total
