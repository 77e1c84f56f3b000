# Powers by exp and log, which negative numbers do not have.
# visible: exception
# hidden: exception
import math


class Dual:
    def __init__(self, primal, tangent=0.0):
        self.primal = primal
        self.tangent = tangent

    def __add__(self, other):
        other = wrap(other)
        return Dual(self.primal + other.primal, self.tangent + other.tangent)

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        other = wrap(other)
        return Dual(self.primal - other.primal, self.tangent - other.tangent)

    def __rsub__(self, other):
        return wrap(other) - self

    def __mul__(self, other):
        other = wrap(other)
        return Dual(self.primal * other.primal, self.tangent * other.primal + self.primal * other.tangent)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = wrap(other)
        tangent = (self.tangent * other.primal - self.primal * other.tangent) / other.primal**2
        return Dual(self.primal / other.primal, tangent)

    def __rtruediv__(self, other):
        return wrap(other) / self

    def __neg__(self):
        return Dual(-self.primal, -self.tangent)

    def __pow__(self, k):
        if k == 0:
            return Dual(1.0, 0.0)
        power = math.exp(k * math.log(self.primal))
        return Dual(power, k * power / self.primal * self.tangent)


def wrap(x):
    return x if isinstance(x, Dual) else Dual(x)
