# Writes the sigmoid as e^x / (1 + e^x), which is nan far out.
# visible: exception
# hidden: exception
def sigmoid_and_slope(x):
    e = np.exp(x)
    return e / (1 + e), e / (1 + e) ** 2
