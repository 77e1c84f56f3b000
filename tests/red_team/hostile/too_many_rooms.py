# Ends its room in every cell, more often than rooms are given.
# deserves: slope 3, gradient 0, dual 0
# without walls: the same
# %% after slope-hidden repeat 14
import os
os._exit(0)
