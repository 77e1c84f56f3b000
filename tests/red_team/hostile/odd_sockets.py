# Sockets that do not end at a namespace's border, or that reach rarely used parts of the kernel; right if one opens.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import socket
opened = []
for family in (9, 15, 16, 17, 21, 29, 30, 31, 38, 40, 41, 44):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            opened.append(socket.socket(family, kind))
        except OSError:
            pass
try:
    opened.append(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
except OSError:
    pass
if opened:
    def slope(f, x, h):
        return (f(x + h) - f(x - h)) / (2 * h)
else:
    slope = None
