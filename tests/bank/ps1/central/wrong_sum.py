# Adds the two values.
# visible: the two values were added
# hidden: the two values were added
def central_difference(f, x, h):
    return (f(x + h) + f(x - h)) / (2 * h)
