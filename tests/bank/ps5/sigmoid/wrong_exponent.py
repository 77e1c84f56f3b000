# Turns the sign in the exponent.
# visible: the sign of x is turned in the exponent
# hidden: the sign of x is turned in the exponent
def sigmoid_and_slope(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), e, 1) / (1 + e), e / (1 + e) ** 2
