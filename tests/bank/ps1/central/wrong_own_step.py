# Ignores the step that it is given.
# visible: wrong
# hidden: the step given was not used
def central_difference(f, x, h=1e-5):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)
