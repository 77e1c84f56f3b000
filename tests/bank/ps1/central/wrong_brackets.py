# Divides by 2 and multiplies by h.
# visible: multiplied by h, where a bracket would have divided by it
# hidden: multiplied by h, where a bracket would have divided by it
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h
