# Names the two points and takes rise over run.
def forward_difference(f, x, h):
    left, right = x, x + h
    rise = f(right) - f(left)
    run = h
    return rise / run
