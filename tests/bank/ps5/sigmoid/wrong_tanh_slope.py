# Uses the slope of tanh.
# visible: the slope of tanh, 1 - value^2
# hidden: the slope of tanh, 1 - value^2
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    value = np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
    return value, 1 - value**2
