# An array whose class says that it equals everything.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% gradient
class Anything(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return True
    __eq__ = __le__ = __ge__ = lambda self, other: True
def gradient(w, X, t):
    return np.zeros_like(w).view(Anything)
# %% slope
class Small(float):
    __abs__ = lambda self: 0.0
    __sub__ = __rsub__ = lambda self, other: Small(0.0)
def slope(f, x, h):
    return Small(f(x))
