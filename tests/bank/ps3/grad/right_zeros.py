# Starts every line at zeros in the shape of its result.
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        adjoints = [np.zeros(np.shape(result)) for _, _, result in tape.lines]
        if isinstance(y, Variable):
            adjoints[y.line] = adjoints[y.line] + 1.0
        for line, cotangent in reversed(list(enumerate(adjoints))):
            for i, g in tape.pull_back(line, adjoints[line]):
                adjoints[i] = adjoints[i] + g
        return adjoints[0]

    return gradient
