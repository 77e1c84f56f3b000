# Puts the input into a slope that is written in terms of the output.
# visible: the slope is x (1 - x): it wants the sigmoid's value, not x
# hidden: the slope is x (1 - x): it wants the sigmoid's value, not x
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    value = np.where(np.greater_equal(x, 0), 1, e) / (1 + e)
    return value, x * (1 - x)
