# The step of the smallest error that is not zero.
# visible: the smallest error but zero: its neighbours were not asked
# hidden: wrong
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors) & (errors > 0)
    if usable.sum() < 3:
        raise ValueError("too few")
    return steps[usable][np.argmin(errors[usable])]
