# Asks for input, as a cell for playing may.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
try:
    step = float(input("step? "))
except Exception:
    step = 0.1
# %% after gradient
name = input("name? ")
