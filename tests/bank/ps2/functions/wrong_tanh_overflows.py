# Writes tanh with exponentials, which overflow.
# visible: not finite
# hidden: not finite
import numpy as np


class MathDual:
    def __init__(self, primal, tangent=0.0):
        self.primal = primal
        self.tangent = tangent

    def exp(self):
        return MathDual(np.exp(self.primal), np.exp(self.primal) * self.tangent)

    def log(self):
        return MathDual(np.log(self.primal), self.tangent / self.primal)

    def sin(self):
        return MathDual(np.sin(self.primal), np.cos(self.primal) * self.tangent)

    def tanh(self):
        return MathDual((np.exp(2 * self.primal) - 1) / (np.exp(2 * self.primal) + 1),
            4 * np.exp(2 * self.primal) / (np.exp(2 * self.primal) + 1) ** 2 * self.tangent)

    def __lt__(self, other):
        return self.primal < plain(other)

    def __le__(self, other):
        return self.primal <= plain(other)

    def __gt__(self, other):
        return self.primal > plain(other)

    def __ge__(self, other):
        return self.primal >= plain(other)

    def __eq__(self, other):
        return self.primal == plain(other)

    def __ne__(self, other):
        return self.primal != plain(other)

    @staticmethod
    def derivative(f, x):
        y = f(MathDual(x, 1.0))
        if isinstance(y, MathDual):
            return y.tangent
        return 0.0


def plain(z):
    return z.primal if isinstance(z, MathDual) else z
