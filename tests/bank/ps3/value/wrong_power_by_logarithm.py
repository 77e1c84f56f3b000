# Takes powers as exp(n ln x), which negative numbers do not allow.
# visible: exception
# hidden: exception
import math


class Value:
    def __init__(self, data, parents=(), partials=()):
        self.data, self.parents, self.partials = data, parents, partials

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        y = math.exp(n * math.log(self.data))
        return Value(y, (self,), (n * y / self.data,))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,))

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + (-1) * other

    def __rsub__(self, other):
        return other + (-1) * self

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__, __rmul__ = __add__, __mul__
