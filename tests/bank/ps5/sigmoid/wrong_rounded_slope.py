# Has a stable value, but a slope of value times 1 - value.
# visible: 1 - value was rounded to 0, and the slope with it
# hidden: 1 - value was rounded to 0, and the slope with it
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    value = np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
    return value, value * (1 - value)
