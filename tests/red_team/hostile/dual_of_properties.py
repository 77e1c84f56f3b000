# Attributes that compute something else at each look.
# deserves: slope 3, gradient 3, dual 0
# without walls: the same
# %% dual
import itertools
looks = itertools.count()
class Dual:
    __init__ = lambda self, *a: None
    __mul__ = lambda self, other: self
    __getattr__ = lambda self, name: float(next(looks))
