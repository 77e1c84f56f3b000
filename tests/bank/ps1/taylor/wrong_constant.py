# Says 2, because that is what it should be.
# visible: no exception
# hidden: wrong
def taylor_slope(f, gradient, x, v, steps):
    return 2.0
