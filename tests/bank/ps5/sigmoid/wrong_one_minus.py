# Forgets the first factor of the slope.
# visible: 1 - sigmoid: the other factor of the slope is missing
# hidden: 1 - sigmoid: the other factor of the slope is missing
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    value = np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
    return value, 1 - value
