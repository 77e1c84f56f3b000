# Two comparisons, the others by functools; the methods made in a loop; class method.
import functools
import math


@functools.total_ordering
class MathDual:
    def __init__(self, primal, tangent=0.0):
        self.primal, self.tangent = float(primal), tangent

    def __eq__(self, other):
        return self.primal == getattr(other, "primal", other)

    def __lt__(self, other):
        return self.primal < getattr(other, "primal", other)

    @classmethod
    def derivative(cls, f, x):
        return getattr(f(cls(x, 1)), "tangent", 0.0)


SLOPES = {
    "exp": lambda x, y: y,
    "log": lambda x, y: 1 / x,
    "sin": lambda x, y: math.cos(x),
    "tanh": lambda x, y: 1 - y * y,
}


def method(name):
    def function(z):
        y = getattr(math, name)(z.primal)
        return MathDual(y, SLOPES[name](z.primal, y) * z.tangent)

    return function


for name in SLOPES:
    setattr(MathDual, name, method(name))
