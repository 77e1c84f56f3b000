# A cell that the student had interrupted, and one that asks to leave.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
raise KeyboardInterrupt
# %% after gradient
import sys
sys.exit()
# %% after dual
exit
quit()
