# Loses a minus sign in the chain rule.
# visible: the slope is negative, but the sigmoid rises
# hidden: the slope is negative, but the sigmoid rises
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1, e) / (1 + e), -e / (1 + e) ** 2
