# Lets the first and the last step be chosen on two errors.
# hidden: the first or the last step, which has one neighbour only
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    s, e = steps[usable][order], errors[usable][order]
    scores = [max(e[max(i - 1, 0) : i + 2]) for i in range(len(e))]
    return s[np.argmin(scores)]
