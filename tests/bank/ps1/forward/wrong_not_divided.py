# The difference of the values, not divided by the step.
# visible: not divided by h
# hidden: not divided by h
def forward_difference(f, x, h):
    return f(x + h) - f(x)
