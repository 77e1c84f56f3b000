# A function inside the class does all functions; tanh's slope is 1 over the squared cosh.
import numpy as np


class MathDual:
    __hash__ = None

    def __init__(self, primal, tangent=0.0):
        self.primal, self.tangent = primal, tangent

    def then(self, value, slope):
        return MathDual(value, 0.0 if slope == 0 else slope * self.tangent)

    def exp(self):
        return self.then(np.exp(self.primal), np.exp(self.primal))

    def log(self):
        return self.then(np.log(self.primal), 1 / self.primal)

    def sin(self):
        return self.then(np.sin(self.primal), np.sin(self.primal + np.pi / 2))

    def tanh(self):
        return self.then(np.tanh(self.primal), 1 / np.cosh(self.primal) ** 2)

    def above(self, other):
        return self.primal - (other.primal if type(other) is MathDual else other)

    __lt__ = lambda self, other: self.above(other) < 0
    __le__ = lambda self, other: self.above(other) <= 0
    __gt__ = lambda self, other: self.above(other) > 0
    __ge__ = lambda self, other: self.above(other) >= 0
    __eq__ = lambda self, other: self.above(other) == 0

    def derivative(f, x):
        result = f(MathDual(x, 1.0))
        return result.tangent if type(result) is MathDual else 0 * x
