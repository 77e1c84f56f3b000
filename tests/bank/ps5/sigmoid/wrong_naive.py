# Types both formulas in as they stand.
# visible: 1 - value was rounded to 0, and the slope with it
# hidden: 1 - value was rounded to 0, and the slope with it
def sigmoid_and_slope(x):
    value = 1 / (1 + np.exp(-x))
    return value, value * (1 - value)
