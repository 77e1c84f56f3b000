# Chooses the right branch after both were computed, so that one overflows.
# visible: exception
# hidden: exception
def sigmoid_and_slope(x):
    value = np.where(np.greater_equal(x, 0), 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
    other = np.where(np.less(x, 0), 1 / (1 + np.exp(x)), np.exp(-x) / (1 + np.exp(-x)))
    return value, value * other
