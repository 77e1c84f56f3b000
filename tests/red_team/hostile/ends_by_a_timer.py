# Has the kernel end the process, by the time that it has used.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
import signal
def slope(f, x, h):
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 0.05)
    while True:
        pass
