# Takes the last line for the output.
# visible: the last line of the tape was taken for the output
# hidden: wrong
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        adjoints = [None] * len(tape.lines)
        if isinstance(y, Variable):
            adjoints[-1] = np.array(1.0)
        for line in range(len(tape.lines) - 1, -1, -1):
            if adjoints[line] is None:
                continue
            for i, g in tape.pull_back(line, adjoints[line]):
                adjoints[i] = g if adjoints[i] is None else adjoints[i] + g
        return np.zeros(x.shape) if adjoints[0] is None else adjoints[0]

    return gradient
