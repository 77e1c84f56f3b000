# A frozen dataclass with one helper for all two-sided operations.
from dataclasses import dataclass


@dataclass(frozen=True)
class Dual:
    primal: float
    tangent: float = 0.0


def two_sided(name, value, by_a, by_b):
    def pair(z):
        return (z.primal, z.tangent) if isinstance(z, Dual) else (z, 0.0)

    def operation(a, b):
        (x, dx), (y, dy) = pair(a), pair(b)
        return Dual(value(x, y), by_a(x, y) * dx + by_b(x, y) * dy)

    setattr(Dual, f"__{name}__", operation)
    setattr(Dual, f"__r{name}__", lambda b, a: operation(a, b))


two_sided("add", lambda x, y: x + y, lambda x, y: 1, lambda x, y: 1)
two_sided("sub", lambda x, y: x - y, lambda x, y: 1, lambda x, y: -1)
two_sided("mul", lambda x, y: x * y, lambda x, y: y, lambda x, y: x)
two_sided("truediv", lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y / y)
Dual.__neg__ = lambda z: 0 - z
Dual.__pow__ = lambda z, k: Dual(z.primal**k, z.tangent * (k and k * z.primal ** (k - 1)))
