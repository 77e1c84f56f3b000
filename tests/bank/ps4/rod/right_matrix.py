# Builds the sweep from unit vectors.
def rod(k, T):
    n = len(T)
    units = np.eye(n)
    swept = T[0] * units[0] + T[-1] * units[-1]
    left = T[0]
    for i in range(1, n - 1):
        left = (1 - 2 * k) * T[i] + k * (left + T[i + 1])
        swept = swept + left * units[i]
    return swept
