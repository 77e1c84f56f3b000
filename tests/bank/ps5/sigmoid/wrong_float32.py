# Computes with float32.
# visible: computed in float32
# hidden: computed in float32
def sigmoid_and_slope(x):
    x = np.asarray(x, dtype=np.float32)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, np.float32(1), e) / (1 + e), e / (1 + e) ** 2
