# Steps to the left.
# visible: the step was taken to the other side
# hidden: the step was taken to the other side
def forward_difference(f, x, h):
    return (f(x) - f(x - h)) / h
