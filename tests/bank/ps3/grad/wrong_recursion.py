# Calls itself for every line that it hands to.
# visible: exception
# hidden: exception
import numpy as np


def grad(f):
    def gradient(x, *constants):
        tape = Tape()
        y = f(tape.input(x), *constants)
        total = np.zeros(x.shape)

        def visit(line, cotangent):
            nonlocal total
            if line == 0:
                total = total + cotangent
            for i, g in tape.pull_back(line, cotangent):
                visit(i, g)

        if isinstance(y, Variable):
            visit(y.line, np.array(1.0))
        return total

    return gradient
