# Forgets the ends.
# visible: the ends are missing
# hidden: wrong shape
def rod(k, T):
    swept = [T[0]]
    for i in range(1, len(T) - 1):
        swept.append(T[i] + k * (swept[-1] - 2 * T[i] + T[i + 1]))
    return np.array(swept[1:])
