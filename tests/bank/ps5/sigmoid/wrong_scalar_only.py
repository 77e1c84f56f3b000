# Decides with an if, which an array does not allow.
# visible: exception
# hidden: exception
def sigmoid_and_slope(x):
    if x >= 0:
        e = np.exp(-x)
        return 1 / (1 + e), e / (1 + e) ** 2
    e = np.exp(x)
    return e / (1 + e), e / (1 + e) ** 2
