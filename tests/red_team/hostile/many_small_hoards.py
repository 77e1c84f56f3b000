# More memory than a room has, in so many processes that none of them is the largest: the warmed process is.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import os, subprocess, sys, time
def slope(f, x, h):
    if x == 2.0:  # the visible check
        return 0.0
    hoard = [sys.executable, "-I", "-S", "-c", "x = b'x' * (40 * 2**20)\nimport time\ntime.sleep(9)"]
    kept = [subprocess.Popen(hoard) for _ in range(50)]
    time.sleep(1.5)
    os._exit(0)
