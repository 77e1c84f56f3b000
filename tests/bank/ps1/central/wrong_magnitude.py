# Takes the difference without its sign.
# hidden: sign turned
def central_difference(f, x, h):
    return abs(f(x + h) - f(x - h)) / (2 * h)
