# The forward difference again.
# visible: a forward difference, where the central one was asked
# hidden: a forward difference, where the central one was asked
def central_difference(f, x, h):
    return (f(x + h) - f(x)) / h
