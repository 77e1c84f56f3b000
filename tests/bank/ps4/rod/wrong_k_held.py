# Mends T and leaves k a constant.
# visible: no path leads from k to the result: the derivative is zero
# hidden: all zeros
def rod(k, T):
    k = getval(k)
    swept = [T[0]]
    for i in range(1, len(T) - 1):
        swept.append(T[i] + k * (swept[-1] - 2 * T[i] + T[i + 1]))
    return np.array([*swept, T[-1]])
