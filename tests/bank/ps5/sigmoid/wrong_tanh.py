# Writes it with tanh, which never overflows and rounds to -1.
# visible: 1 - value was rounded to 0, and the slope with it
# hidden: 1 - value was rounded to 0, and the slope with it
def sigmoid_and_slope(x):
    value = (1 + np.tanh(x / 2)) / 2
    return value, value * (1 - value)
