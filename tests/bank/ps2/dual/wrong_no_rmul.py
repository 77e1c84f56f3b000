# Has no product with a number on the left.
# visible: exception
# hidden: exception


class Dual:
    def __init__(self, primal, tangent=0.0):
        self.primal = primal
        self.tangent = tangent

    def __add__(self, other):
        other = as_dual(other)
        return Dual(self.primal + other.primal, self.tangent + other.tangent)

    __radd__ = __add__

    def __neg__(self):
        return Dual(-self.primal, -self.tangent)

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        other = as_dual(other)
        return Dual(self.primal * other.primal, self.tangent * other.primal + self.primal * other.tangent)


    def __truediv__(self, other):
        other = as_dual(other)
        y = self.primal / other.primal
        return Dual(y, (self.tangent - y * other.tangent) / other.primal)

    def __rtruediv__(self, other):
        return as_dual(other) / self

    def __pow__(self, k):
        if k == 0:
            return Dual(1)
        return Dual(self.primal**k, k * self.primal ** (k - 1) * self.tangent)


def as_dual(x):
    return x if isinstance(x, Dual) else Dual(x)
