# An array of no numbers, in a shape that no array can have.
# deserves: slope 0, gradient 0, dual 0
# without walls: the same
# %% slope
import gradschool.grade.rooms.wire as wire
wire.encode = lambda value, buffers, *more: {"dict": [["value", {"array": ["<f8", [0, 2**70], 0]}]]}
def slope(f, x, h):
    return 0.0
