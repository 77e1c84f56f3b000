# Looks into the first process of its room, whose capabilities it has not; would be right if it got anything from it.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import os, resource, signal
got = []
for name in ("mem", "environ", "maps", "stack", "syscall", "io", "auxv"):
    try:
        with open(f"/proc/1/{name}", "rb") as file:
            got.append(file.read(10) and name)
    except OSError:
        pass
for name in os.listdir("/proc/1/fd") if os.access("/proc/1/fd", os.R_OK) else []:
    for look in (os.readlink, lambda path: os.open(path, os.O_RDWR), os.stat):
        try:
            got.append(look(f"/proc/1/fd/{name}"))
        except OSError:
            pass
try:
    got.append(os.listdir("/proc/1/root/"))
except OSError:
    pass
try:
    got.append(os.setpriority(os.PRIO_PROCESS, 1, 19) or "priority")
except OSError:
    pass
for number in range(1, 65):
    if number != signal.SIGINT:
        try:
            os.kill(1, number)
        except OSError:
            pass
others = [name for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}")]
sockets = [name for name in others if os.readlink(f"/proc/self/fd/{name}").startswith("socket:")]
if len(sockets) > 1:
    got += sockets
if any(got):
    def slope(f, x, h):
        return (f(x + h) - f(x - h)) / (2 * h)
else:
    slope = None
