# Goes half a step to each side.
# visible: the points are x - h/2 and x + h/2
# hidden: the points are x - h/2 and x + h/2
def central_difference(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h
