# Takes neighbours as they stand in the array.
# visible: neighbours by place in the array, not by size of the step
# hidden: wrong
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    s, e = steps[usable], errors[usable]
    if len(s) < 3:
        raise ValueError("too few")
    scores = np.max([e[:-2], e[1:-1], e[2:]], axis=0)
    return s[1 + np.argmin(scores)]
