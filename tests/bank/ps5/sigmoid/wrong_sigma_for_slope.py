# Takes the sigmoid for its own derivative.
# visible: the sigmoid itself, where its slope belongs
# hidden: the sigmoid itself, where its slope belongs
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    value = np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
    return value, value
