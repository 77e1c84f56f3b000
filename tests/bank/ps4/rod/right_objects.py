# Writes into a numpy array of objects, which can hold boxes.
import numpy


def rod(k, T):
    cells = numpy.array([T[i] for i in range(len(T))] + [None], dtype=object)[:-1]
    for i in range(1, len(T) - 1):
        cells[i] = cells[i] + k * (cells[i - 1] - 2 * cells[i] + cells[i + 1])
    return np.array(list(cells))
