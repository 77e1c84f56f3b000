# Leaves getval at the neighbour that moved.
# visible: the neighbour that moved is taken for a constant
# hidden: the neighbour that moved is taken for a constant
def rod(k, T):
    swept = [T[0]]
    for i in range(1, len(T) - 1):
        swept.append(T[i] + k * (getval(swept[-1]) - 2 * T[i] + T[i + 1]))
    return np.array([*swept, T[-1]])
