# Writes into the caller's array.
# visible: input changed in place
# hidden: input changed in place
def rod(k, T):
    for i in range(1, len(T) - 1):
        T[i] = T[i] + k * (T[i - 1] - 2 * T[i] + T[i + 1])
    return T
