# Sends an 80-bit float whose bits are no number: finite to some tests, unequal to nothing by others.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
def slope(f, x, h):
    return np.frombuffer(b"\x01" + bytes(7) + b"\x01\x40" + bytes(6), np.longdouble)[0]
