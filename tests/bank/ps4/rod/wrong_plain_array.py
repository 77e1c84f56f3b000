# Collects boxes in a list, and makes plain NumPy's array of them.
# visible: no path leads from k to the result: the derivative is zero
# hidden: no path leads to the result: the derivatives are zero
import numpy


def rod(k, T):
    moved = [T[0]]
    for i in range(1, len(T) - 1):
        moved.append(T[i] + k * (moved[-1] - 2 * T[i] + T[i + 1]))
    return numpy.array([*moved, T[-1]])
