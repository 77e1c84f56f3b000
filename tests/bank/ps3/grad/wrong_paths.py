# Pulls back along every path by itself.
# visible: exception
# hidden: exception
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        total = np.zeros(x.shape)
        paths = [(y.line, np.array(1.0))] if isinstance(y, Variable) else []
        while paths:
            line, cotangent = paths.pop()
            if line == 0:
                total = total + cotangent
            paths += tape.pull_back(line, cotangent)
        return total

    return gradient
