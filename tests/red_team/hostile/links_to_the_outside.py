# Links out of the room, and looks through them.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import os
seen = []
for target in ("/etc/passwd", "/etc/shadow", "/proc/1/root/etc/passwd", "/proc/1/cwd/../etc/passwd", "/root/.bashrc"):
    os.symlink(target, link := f"/tmp/link-{len(os.listdir('/tmp'))}")
    try:
        with open(link) as file:
            seen.append(file.read())
    except OSError:
        pass
if seen:
    def slope(f, x, h):
        return (f(x + h) - f(x - h)) / (2 * h)
else:
    slope = None
