# Writes it with tanh x, where tanh x/2 belongs.
# visible: (1 + tanh x)/2 is the sigmoid of 2x
# hidden: (1 + tanh x)/2 is the sigmoid of 2x
def sigmoid_and_slope(x):
    value = (1 + np.tanh(x)) / 2
    return value, value * (1 - value)
