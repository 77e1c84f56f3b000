# Starts threads for ever.
# deserves: slope 0, gradient 3, dual 3
# %% slope
import threading, time
def slope(f, x, h):
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
