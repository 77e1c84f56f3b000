# Returns a list of boxes.
# visible: wrong type
# hidden: wrong type
def rod(k, T):
    swept = [T[0]]
    for i in range(1, len(T) - 1):
        swept.append(T[i] + k * (swept[-1] - 2 * T[i] + T[i + 1]))
    return [*swept, T[-1]]
