# Returns the slope alone.
# visible: the slope without the value
# hidden: the slope without the value
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
