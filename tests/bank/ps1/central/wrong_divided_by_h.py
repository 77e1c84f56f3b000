# Divides by h, though the points are 2h apart.
# visible: divided by h, not by the distance of the two points
# hidden: divided by h, not by the distance of the two points
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / h
