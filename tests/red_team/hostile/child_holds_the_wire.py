# Ends, and leaves a child that holds the socket open and says nothing.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import os, time
def slope(f, x, h):
    if os.fork() == 0:
        os.setsid()
        time.sleep(100)
    os._exit(0)
