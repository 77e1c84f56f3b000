# Fills an array of floats, half by half; numbers go in as arrays of shape ().
def sigmoid_and_slope(x):
    x = np.asarray(x, dtype=float)
    value, other = np.empty(x.shape), np.empty(x.shape)
    right = x >= 0
    for result, side in ((value, right), (other, ~right)):
        e = np.exp(-np.abs(x))
        result[side] = 1 / (1 + e[side])
        result[~side] = e[~side] / (1 + e[~side])
    return value, value * other
