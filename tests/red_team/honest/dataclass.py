# A class written another way, with slots and helpers.
# deserves: slope 3, gradient 3, dual 3
# %% dual
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Dual:
    primal: float
    tangent: float = 0.0
    def __mul__(self, other):
        return Dual(self.primal * other.primal, self.primal * other.tangent + self.tangent * other.primal)
