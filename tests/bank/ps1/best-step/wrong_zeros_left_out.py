# Leaves out errors of 0 too, since they are luck.
# hidden: exception
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors) & (errors > 0)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    s, e = steps[usable][order], errors[usable][order]
    scores = np.max([e[:-2], e[1:-1], e[2:]], axis=0)
    return s[1 + np.argmin(scores)]
