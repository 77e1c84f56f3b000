# Starts processes of its own, few, and waits for them.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
from multiprocessing import get_context
with get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, -2, -3]))
