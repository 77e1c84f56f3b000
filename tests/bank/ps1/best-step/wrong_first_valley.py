# Walks down from the longest step and stops where the score rises.
# hidden: wrong
import numpy as np


def best_step(steps, errors):
    usable = np.isfinite(errors)
    if usable.sum() < 3:
        raise ValueError("too few")
    order = np.argsort(steps[usable])[::-1]
    s, e = steps[usable][order], errors[usable][order]
    scores = np.max([e[:-2], e[1:-1], e[2:]], axis=0)
    best = 0
    while best + 1 < len(scores) and scores[best + 1] < scores[best]:
        best += 1
    return s[1 + best]
