# Makes the step positive first.
# visible: the step was taken to the other side
# hidden: the step was taken to the other side
def forward_difference(f, x, h):
    h = abs(h)
    return (f(x + h) - f(x)) / h
