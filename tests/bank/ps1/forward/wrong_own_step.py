# Takes a tiny step of its own, because smaller is better.
# visible: wrong
# hidden: the step given was not used
def forward_difference(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x)) / h
