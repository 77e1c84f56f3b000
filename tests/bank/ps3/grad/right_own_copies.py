# Adds in place, to a copy of its own.
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        if not isinstance(y, Variable):
            return np.zeros(x.shape)
        adjoints = {y.line: np.ones(())}
        for line in range(y.line, 0, -1):
            cotangent = adjoints.pop(line, None)
            if cotangent is not None:
                for i, g in tape.pull_back(line, cotangent):
                    if i in adjoints:
                        adjoints[i] += g
                    else:
                        adjoints[i] = np.array(g)
        return adjoints.get(0, np.zeros(x.shape))

    return gradient
