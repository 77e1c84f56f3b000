# Refuses three pairs, of which the middle one can be chosen.
# hidden: exception
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() <= 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    s, e = steps[usable][order], errors[usable][order]
    scores = np.max([e[:-2], e[1:-1], e[2:]], axis=0)
    return s[1 + np.argmin(scores)]
