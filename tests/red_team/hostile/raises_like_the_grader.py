# Raises an error that has the name of the grader's own, and one that is no Exception.
# deserves: slope 0, gradient 0, dual 3
# without walls: the same
# %% slope
class CheckFailed(BaseException):
    verdict = None
def slope(f, x, h):
    raise CheckFailed
# %% gradient
class RoomLost(BaseException):
    cause = "right"
RoomLost.__name__ = RoomLost.__qualname__ = "GeneratorExit"
def gradient(w, X, t):
    raise RoomLost
