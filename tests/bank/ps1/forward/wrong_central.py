# A central difference: more accurate, but not what was asked.
# visible: a central difference, where the forward one was asked
# hidden: a central difference, where the forward one was asked
def forward_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
