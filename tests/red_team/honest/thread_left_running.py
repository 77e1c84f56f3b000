# Forgets a thread that goes on counting.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
import threading, time
counted = []
def count():
    while len(counted) < 1000:
        counted.append(1)
        time.sleep(0.01)
threading.Thread(target=count, daemon=True).start()
