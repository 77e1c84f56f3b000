# Takes a central difference for the slope.
# visible: wrong
# hidden: wrong
def sigmoid_and_slope(x):
    def sigmoid(x):
        e = np.exp(-np.abs(x))
        return np.where(np.greater_equal(x, 0), 1, e) / (1 + e)

    return sigmoid(x), (sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5
