# Takes most of the time that a cell may take.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
import time
time.sleep(1.5)
