# Takes e^-x times the square of the value, which is rounded to 0 long before the slope is.
# visible: the square of the value was rounded to 0, and the slope with it
# hidden: the square of the value was rounded to 0, and the slope with it
def sigmoid_and_slope(x):
    s = np.exp(-np.logaddexp(0, -x))
    return s, np.exp(-x) * s**2
