# Tidies up by hand: deletes what it needs no more, and changes how the collector works.
# deserves: slope 3, gradient 3, dual 3
# %% after slope-check
import gc
big = [list(range(100)) for _ in range(10_000)]
del big
gc.collect()
gc.set_threshold(10)
gc.unfreeze()
gc.collect()
