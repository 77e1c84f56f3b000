# Blocks every signal and goes round in circles.
# deserves: slope 0, gradient 3, dual 3
# without walls: the same
# %% slope
import signal
def slope(f, x, h):
    if x == 2.0:  # the visible check
        return 0.0
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        pass
