# Division as a product with a power, subtraction by minus, numbers told apart by attribute.


class Dual:
    def __init__(self, primal, tangent=0.0):
        self.primal, self.tangent = primal, tangent

    def __add__(self, other):
        if hasattr(other, "tangent"):
            return Dual(self.primal + other.primal, self.tangent + other.tangent)
        return Dual(self.primal + other, self.tangent)

    def __mul__(self, other):
        if hasattr(other, "tangent"):
            return Dual(self.primal * other.primal, self.primal * other.tangent + self.tangent * other.primal)
        return Dual(self.primal * other, self.tangent * other)

    def __pow__(self, k):
        slope = k * self.primal ** (k - 1) if k else 0.0
        return Dual(self.primal**k, slope * self.tangent)

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return other + -self

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return other * self**-1.0

    __radd__, __rmul__ = __add__, __mul__
