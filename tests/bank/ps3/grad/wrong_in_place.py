# Adds in place to arrays that other lines hold as well.
# visible: an adjoint was added to in place, and another line holds the same array
# hidden: wrong
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        adjoints = [None] * len(tape.lines)
        if isinstance(y, Variable):
            adjoints[y.line] = np.array(1.0)
        for line in range(len(tape.lines) - 1, -1, -1):
            if adjoints[line] is None:
                continue
            for i, g in tape.pull_back(line, adjoints[line]):
                if adjoints[i] is None:
                    adjoints[i] = g
                else:
                    adjoints[i] += g
        return np.zeros(x.shape) if adjoints[0] is None else adjoints[0]

    return gradient
