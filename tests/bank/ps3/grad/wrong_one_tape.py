# Makes the tape once, for all calls.
# visible: the second call wrote on the tape of the first
# hidden: all zeros
import numpy as np


def grad(f):
    tape = Tape()

    def gradient(x, *constants):
        y = f(tape.input(x), *constants)
        adjoints = [None] * len(tape.lines)
        if isinstance(y, Variable):
            adjoints[y.line] = np.array(1.0)
        for line in range(len(tape.lines) - 1, -1, -1):
            if adjoints[line] is not None:
                for i, g in tape.pull_back(line, adjoints[line]):
                    adjoints[i] = g if adjoints[i] is None else adjoints[i] + g
        return np.zeros(x.shape) if adjoints[0] is None else adjoints[0]

    return gradient
