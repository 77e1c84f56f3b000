# Clips the input to keep the exponential finite.
# visible: x was clipped at 500
# hidden: x was clipped at -500 and 500
def sigmoid_and_slope(x):
    x = np.clip(x, -500, 500)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e), e / (1 + e) ** 2
