# Displays a thousand pictures of a megabyte.
# deserves: slope 3, gradient 3, dual 3
# %% top
from IPython.display import display
for _ in range(1000):
    display({"text/plain": "x", "image/png": "A" * 10**6}, raw=True)
