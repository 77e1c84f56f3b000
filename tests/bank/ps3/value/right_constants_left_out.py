# A plain number leaves no parent; only what can change is recorded.
import numpy as np


class Value:
    def __init__(self, data, *steps):
        self.data = data
        steps = [(v, d) for v, d in steps if isinstance(v, Value)]
        self.parents = tuple(v for v, _ in steps)
        self.partials = tuple(d for _, d in steps)

    def __add__(self, other):
        return Value(number(self) + number(other), (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        return Value(number(self) - number(other), (self, 1.0), (other, -1.0))

    def __rsub__(self, other):
        return Value(other - self.data, (self, -1.0))

    def __mul__(self, other):
        return Value(number(self) * number(other), (self, number(other)), (other, number(self)))

    def __truediv__(self, other):
        bottom = number(other)
        y = self.data / bottom
        return Value(y, (self, 1.0 / bottom), (other, -y / bottom))

    def __rtruediv__(self, other):
        y = other / self.data
        return Value(y, (self, -y / self.data))

    def __neg__(self):
        return 0.0 - self

    def __pow__(self, n):
        y = self.data**n
        return Value(y, (self, n * y / self.data))

    def tanh(self):
        return Value(np.tanh(self.data), (self, np.cosh(self.data) ** -2))

    __radd__ = __add__
    __rmul__ = __mul__


def number(x):
    return x.data if isinstance(x, Value) else x
