# Averages the forward and the backward difference: the right number for three evaluations.
# visible: too many evaluations
# hidden: too many evaluations
def central_difference(f, x, h):
    middle = f(x)
    forward = (f(x + h) - middle) / h
    backward = (middle - f(x - h)) / h
    return (forward + backward) / 2
