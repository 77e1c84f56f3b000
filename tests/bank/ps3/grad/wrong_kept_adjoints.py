# Keeps the adjoints of earlier calls, and adds to them.
# visible: the second call added to the adjoints of the first
# hidden: wrong
import numpy as np


def grad(f):
    adjoints = {}

    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        if isinstance(y, Variable):
            adjoints[y.line] = np.array(1.0)
        for line in range(len(tape.lines) - 1, -1, -1):
            if line in adjoints:
                for i, g in tape.pull_back(line, adjoints[line]):
                    adjoints[i] = adjoints[i] + g if i in adjoints else g
        return adjoints.get(0, np.zeros(x.shape))

    return gradient
