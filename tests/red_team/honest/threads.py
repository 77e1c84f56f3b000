# Calls f from several threads.
# deserves: slope 3, gradient 3, dual 3
# %% slope
from concurrent.futures import ThreadPoolExecutor
def slope(f, x, h):
    with ThreadPoolExecutor(2) as pool:
        right, left = pool.map(f, (x + h, x - h))
    return (right - left) / (2 * h)
