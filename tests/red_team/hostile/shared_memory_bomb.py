# Fills shared memory, which counts as nobody's.
# deserves: slope 3, gradient 3, dual 0
# %% dual
filled = 0
try:
    for i in range(100):
        with open(f"/dev/shm/red-{i}", "wb") as file:
            file.write(bytes(16 * 2**20))
        filled += 16
except OSError:
    pass
if filled >= 1600:
    class Dual:
        def __init__(self, primal, tangent):
            self.primal, self.tangent = primal, tangent
        def __mul__(self, other):
            return Dual(self.primal * other.primal, self.primal * other.tangent + self.tangent * other.primal)
