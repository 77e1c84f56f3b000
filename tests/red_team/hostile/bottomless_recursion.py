# Lifts the limit on recursion and falls through the stack.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
import sys
sys.setrecursionlimit(2**31 - 1)
class Deep:
    def __repr__(self):
        return repr([self])
def slope(f, x, h):
    return repr(Deep())
