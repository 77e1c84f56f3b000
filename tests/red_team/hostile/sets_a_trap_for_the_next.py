# Defines the names of the check's own helpers, and a property of builtins.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
import builtins
check_value = check_cost = check_gradient = lambda *a, **k: None
def hidden_checks():
    pass
def slope(f, x, h):
    return 0.0
builtins.isinstance = builtins.isinstance
