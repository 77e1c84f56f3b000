# Fills an array like x, which may be one of integers.
# visible: the result was put into an array of integers
# hidden: the result was put into an array of integers
def sigmoid_and_slope(x):
    x = np.asarray(x)
    e = np.exp(-np.abs(x))
    value, slope = np.zeros_like(x), np.zeros_like(x)
    value[...] = np.where(x >= 0, 1, e) / (1 + e)
    slope[...] = e / (1 + e) ** 2
    return value, slope
